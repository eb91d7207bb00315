using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Geo.Tests;

public class PlantsTests
{
    [Theory]
    [InlineData("山西兆光发电厂", 1800, "霍州市")]
    [InlineData("大唐国际临汾热电", 600, "尧都区")]
    public void A_known_plant_lies_in_its_county(string name, double megawatts, string county)
    {
        var plant = Assert.Single(ShippedData.Plants, plant => (string)plant.Attributes["name"] == name);
        Assert.Equal(megawatts, Convert.ToDouble(plant.Attributes["capacityMegawatts"], null));
        Assert.Equal([county], ShippedData.CountiesAt((Point)plant.Geometry));
    }

    [Fact]
    public void Every_plant_names_its_source_and_accuracy() =>
        Assert.All(ShippedData.Plants, plant =>
        {
            Assert.NotEmpty((string)plant.Attributes["source"]);
            Assert.NotEmpty((string)plant.Attributes["accuracy"]);
        });
}
