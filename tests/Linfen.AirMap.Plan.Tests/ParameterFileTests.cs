using System.Text.Json;
using Linfen.AirMap.Plan.Parameters;
using Xunit;

namespace Linfen.AirMap.Plan.Tests;

public sealed class ParameterFileTests
{
    private static string ShippedJson => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "parameters.json"));

    [Fact]
    public void The_shipped_file_is_valid_and_every_value_is_cited_and_dated()
    {
        var file = ParameterFile.Read(ShippedJson);

        Assert.True(file.IsValid, string.Join('\n', file.Errors));
        Assert.NotEmpty(file.Parameters);
        Assert.All(file.Parameters, parameter =>
        {
            Assert.Contains("临政发〔2024〕4号", parameter.Citation, StringComparison.Ordinal);
            Assert.All(parameter.Values, value => Assert.True(value.EffectiveFrom >= ActionPlan.InForceFrom, parameter.Code));
            Assert.All(parameter.Values, value => Assert.NotEmpty(value.Citation));
            Assert.All(parameter.Values, value => Assert.Equal(parameter.Unit == "date", value.Value is ParameterValue.Day));
        });
    }

    [Fact]
    public void A_due_time_is_an_example_that_the_city_has_to_set()
    {
        var dueTimes = ParameterFile.Read(ShippedJson).Parameters.Where(parameter => parameter.Code.EndsWith("DueHours", StringComparison.Ordinal)).ToList();

        Assert.True(dueTimes.Count >= 15);
        Assert.All(dueTimes, parameter => Assert.Contains("to be set by the city", parameter.Values[0].Citation, StringComparison.Ordinal));
        Assert.All(dueTimes, parameter => Assert.Equal("h", parameter.Unit));
    }

    [Theory]
    [InlineData("A17.HeatRadius.Radius", "30", "km")]
    [InlineData("A17.HeatRadius.Capacity", "300", "MW")]
    [InlineData("A17.SmallBoiler.Capacity", "35", "t/h")]
    [InlineData("A19.AlongFenZero.After", "2025-12-31", "date")]
    [InlineData("A26.SiteMachinery.After", "2024-05-31", "date")]
    [InlineData("A28.Monitoring.Area", "5000", "m²")]
    [InlineData("A30.NetMesh.Mesh", "2000", "目")]
    [InlineData("A36.DueHours", "2", "h")]
    [InlineData("A28.Dust.DueHours", "4", "h")]
    [InlineData("A20.DueHours", "24", "h")]
    [InlineData("A30.DueHours", "168", "h")]
    [InlineData("A17.DueHours", "720", "h")]
    [InlineData("A45.DueHours", "72", "h")]
    [InlineData("JointControl.Counties", "", "county code")]
    [InlineData("AlongFen.Counties", "141002、141023、141024、141021、141081、141082", "county code")]
    public void The_plan_has_this_value_from_its_first_day_and_none_before(string code, string value, string unit)
    {
        var firstInstant = Beijing.StartOf(new DateOnly(2024, 4, 17));

        var applied = ScenarioFiles.Shipped.At(code, firstInstant);

        Assert.Equal((value, unit), (applied?.Value.ToString(), applied?.Unit));
        Assert.Null(ScenarioFiles.Shipped.At(code, firstInstant.AddTicks(-1)));
    }

    [Fact]
    public void The_limit_of_43_begins_with_2025()
    {
        Assert.Null(ScenarioFiles.Shipped.At("A39.Pm25.Limit", DateTimeOffset.Parse("2024-12-31T23:59:59+08:00")));
        Assert.Equal("43", ScenarioFiles.Shipped.At("A39.Pm25.Limit", DateTimeOffset.Parse("2025-01-01T00:00:00+08:00"))?.Value.ToString());
    }

    [Theory]
    [InlineData("citation-missing", """{"effectiveFrom":"2024-04-17","value":2}""")]
    [InlineData("citation-missing", """{"effectiveFrom":"2024-04-17","value":2,"citation":" "}""")]
    [InlineData("effective-from-invalid", """{"value":2,"citation":"x"}""")]
    [InlineData("effective-from-invalid", """{"effectiveFrom":"2024-02-30","value":2,"citation":"x"}""")]
    [InlineData("effective-from-invalid", """{"effectiveFrom":20240417,"value":2,"citation":"x"}""")]
    [InlineData("effective-to-invalid", """{"effectiveFrom":"2024-04-17","effectiveTo":"2024-04-16","value":2,"citation":"x"}""")]
    [InlineData("effective-to-invalid", """{"effectiveFrom":"2024-04-17","effectiveTo":"soon","value":2,"citation":"x"}""")]
    [InlineData("value-invalid", """{"effectiveFrom":"2024-04-17","citation":"x"}""")]
    [InlineData("value-invalid", """{"effectiveFrom":"2024-04-17","value":"two","citation":"x"}""")]
    [InlineData("value-invalid", """{"effectiveFrom":"2024-04-17","value":["a",3],"citation":"x"}""")]
    [InlineData("not-an-object", "7")]
    [InlineData("effective-from-duplicate", """{"effectiveFrom":"2024-04-17","value":2,"citation":"x"},{"effectiveFrom":"2024-04-17","value":3,"citation":"x"}""")]
    [InlineData("values-overlap", """{"effectiveFrom":"2024-04-17","effectiveTo":"2024-05-01","value":2,"citation":"x"},{"effectiveFrom":"2024-05-01","value":3,"citation":"x"}""")]
    [InlineData("value-kinds-mixed", """{"effectiveFrom":"2024-04-17","value":2,"citation":"x"},{"effectiveFrom":"2025-04-17","value":["a"],"citation":"x"}""")]
    [InlineData("values-missing", "")]
    public void A_faulty_value_is_named(string error, string values)
    {
        var file = ParameterFile.Read($$"""{"parameters":[{"code":"A1.X","title":"x","unit":"h","citation":"x","values":[{{values}}]}]}""");

        Assert.Equal(error, Assert.Single(file.Errors).Name);
        Assert.StartsWith("A1.X", file.Errors[0].Path, StringComparison.Ordinal);
        Assert.Empty(file.Parameters);
    }

    [Theory]
    [InlineData("not-json", "{")]
    [InlineData("not-json", "")]
    [InlineData("parameters-missing", "[]")]
    [InlineData("parameters-missing", """{"parameters":{}}""")]
    [InlineData("not-an-object", """{"parameters":[1]}""")]
    [InlineData("code-missing", """{"parameters":[{"title":"x","unit":"h","citation":"x","values":[{"effectiveFrom":"2024-04-17","value":2,"citation":"x"}]}]}""")]
    [InlineData("unit-missing", """{"parameters":[{"code":"X","title":"x","citation":"x","values":[{"effectiveFrom":"2024-04-17","value":2,"citation":"x"}]}]}""")]
    [InlineData("title-missing", """{"parameters":[{"code":"X","unit":"h","citation":"x","values":[{"effectiveFrom":"2024-04-17","value":2,"citation":"x"}]}]}""")]
    public void A_faulty_file_is_named(string error, string json) =>
        Assert.Equal(error, Assert.Single(ParameterFile.Read(json).Errors).Name);

    [Fact]
    public void A_code_that_stands_twice_is_named()
    {
        var parameter = """{"code":"X","title":"x","unit":"h","citation":"x","values":[{"effectiveFrom":"2024-04-17","value":2,"citation":"x"}]}""";

        Assert.Equal("code-duplicate", Assert.Single(ParameterFile.Read($$"""{"parameters":[{{parameter}},{{parameter}}]}""").Errors).Name);
    }

    [Theory]
    [InlineData("43")]
    [InlineData("0.8")]
    [InlineData("\"2024-05-31\"")]
    [InlineData("[\"141002\",\"141023\"]")]
    [InlineData("[]")]
    public void A_value_is_written_as_it_was_read(string json)
    {
        var value = JsonSerializer.Deserialize<ParameterValue>(json)!;

        Assert.Equal(json, JsonSerializer.Serialize(value));
        Assert.Equal(json, JsonSerializer.Serialize<object>(value));
        Assert.Equal(value, JsonSerializer.Deserialize<ParameterValue>(json));
    }
}
