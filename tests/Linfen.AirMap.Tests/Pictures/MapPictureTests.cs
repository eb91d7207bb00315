using System.Globalization;
using System.Net;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Pictures;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SkiaSharp;
using Xunit;

namespace Linfen.AirMap.Tests.Pictures;

/// <summary>The map as a picture: its pixels say what the numbers say.</summary>
public sealed class MapPictureTests(MigratedCluster cluster)
{
    const string Hongtong = "141024";
    const string Xiangfen = "141023";

    async Task<AirMapServer> ServerAsync(params string[] settings) =>
        await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning), settings);

    static LonLat Middle(AirMapServer server, string county) =>
        server.Services.GetRequiredService<AtlasKeeper>().Current.ByCode[county].Label is var label ? new(label.X, label.Y) : default;

    /// <summary>Reports so many fires far from the county's middle, and waits until its number has heard of them.</summary>
    static async Task<List<JsonElement>> BurnAsync(AirMapServer server, string county, int fires, bool simulated = false)
    {
        var before = await OpenAsync(server, county);
        var lit = new List<JsonElement>();
        while (lit.Count < fires)
        {
            var place = server.Places.NextIn(county);
            if (Geodesic.DistanceMetres(place, Middle(server, county)) > 9_000 && IsWellInside(server, place, county))
            {
                lit.Add(await server.FireOfAsync(new(Guid.NewGuid().ToString("N"), server.Now, place) { Simulated = simulated ? true : null }));
            }
        }

        await Until.TrueAsync(async () => await OpenAsync(server, county) == before + fires, "the county's number follows");
        return lit;
    }

    /// <summary>Off the lines of borders.</summary>
    static bool IsWellInside(AirMapServer server, LonLat place, string county) =>
        new[] { -0.02, 0.02 }.All(x => new[] { -0.02, 0.02 }.All(y => server.Places.CountyOf(new(place.Lon + x, place.Lat + y)) == county));

    static async Task<int> OpenAsync(AirMapServer server, string county) =>
        (await server.ListAsync("api/counties?geometry=exclude")).Single(c => c.Id() == county).Property("summary").GetProperty("open").GetInt32();

    static LonLat PlaceOf(JsonElement fire) => fire.GetProperty("geometry").GetProperty("coordinates") is var at ? new(at[0].GetDouble(), at[1].GetDouble()) : default;

    [Fact]
    public async Task A_county_is_filled_by_how_many_violations_stand_in_it_and_its_fires_are_drawn_where_they_burn()
    {
        await using var server = await ServerAsync();
        using var empty = await TakenPicture.OfAsync(server);
        var fires = await BurnAsync(server, Hongtong, 6);
        using var burning = await TakenPicture.OfAsync(server);

        Assert.Equal((1600, 1200), (burning.Width, burning.Height));
        Assert.Equal(PictureTheme.Light.Ramp[0], empty.FillAround(Middle(server, Hongtong)));
        Assert.Equal(PictureTheme.Light.Ramp[2], burning.FillAround(Middle(server, Hongtong)));
        Assert.Equal(PictureTheme.Light.Ramp[0], burning.FillAround(Middle(server, Xiangfen)));
        Assert.All(fires, f => Assert.Equal((PictureTheme.Light.Ramp[0], PictureTheme.Light.Fire), (empty.Pixel(PlaceOf(f)), burning.Pixel(PlaceOf(f)))));
    }

    [Fact]
    public async Task A_suspected_fire_is_a_ring_and_a_confirmed_one_is_full_and_one_that_is_out_is_gone()
    {
        await using var server = await ServerAsync();
        var fires = await BurnAsync(server, Hongtong, 2);
        Assert.Equal(HttpStatusCode.OK, (await server.VerdictAsync(fires[0], "confirmed")).Status);
        using var taken = await TakenPicture.OfAsync(server, new() { Scale = "2" });

        Assert.Equal((3200, 2400), (taken.Width, taken.Height));
        SKColor Beside(JsonElement fire) => taken.Pixel(taken.At(PlaceOf(fire)) + new SKPoint(0.62f * taken.Page.Unit, 0));
        Assert.Equal(PictureTheme.Light.Fire, Beside(fires[0]));
        Assert.NotEqual(PictureTheme.Light.Fire, Beside(fires[1]));

        Assert.Equal(HttpStatusCode.OK, (await server.VerdictAsync(fires[1], "out")).Status);
        await Until.TrueAsync(async () => await OpenAsync(server, Hongtong) == 1, "the violation is closed");
        using var after = await TakenPicture.OfAsync(server);
        Assert.Equal(PictureTheme.Light.Ramp[1], after.Pixel(PlaceOf(fires[1])));
    }

    [Fact]
    public async Task Title_time_and_legend_are_written_in_Chinese_letters_and_in_English_on_demand_in_both_themes()
    {
        await using var server = await ServerAsync();
        using var chinese = await TakenPicture.OfAsync(server);
        using var english = await TakenPicture.OfAsync(server, new() { Lang = "en" });
        using var dark = await TakenPicture.OfAsync(server, new() { Theme = "dark" });

        foreach (var part in new[] { chinese.Page.Header, chinese.Page.Figures, chinese.Page.Legend, chinese.Page.Foot })
        {
            var (zh, en, night) = (chinese.Ink(part), english.Ink(part), dark.Ink(part));
            Assert.InRange(zh.Count(i => i), zh.Length * 0.01, zh.Length * 0.5);
            Assert.True(zh.Zip(en).Count(p => p.First != p.Second) > zh.Length * 0.005, "other words are other pixels");
            Assert.True(zh.Zip(night).Count(p => p.First != p.Second) < zh.Length * 0.06, "both themes say the same");
        }

        // A box for a letter that the font lacks would stand there for each of them: no two of the title are alike.
        var (head, size) = (chinese.Page.Header, 4.4f * chinese.Page.Unit);
        var letters = Enumerable.Range(0, 13).Select(n => string.Concat(chinese.Ink(SKRect.Create(head.Left + n * size, head.Top + 2.4f * chinese.Page.Unit, size, size)).Select(i => i ? '#' : ' '))).ToList();
        Assert.Equal(13, letters.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task One_county_stands_large_between_faint_neighbours()
    {
        await using var server = await ServerAsync();
        await BurnAsync(server, Hongtong, 1);
        await BurnAsync(server, Xiangfen, 1);
        using var taken = await TakenPicture.OfAsync(server, new() { County = Hongtong });

        Assert.Equal(PictureTheme.Light.Ramp[1], taken.FillAround(Middle(server, Hongtong)));
        var fills = taken.Count(taken.Page.Map, c => c == PictureTheme.Light.Ramp[1]) / (taken.Page.Map.Width * taken.Page.Map.Height);
        Assert.InRange(fills, 0.2, 0.8);
        Assert.True(taken.Count(taken.Page.Map, c => c == PictureTheme.Light.Faint) > 10_000, "neighbours are there, and not filled");
    }

    [Fact]
    public async Task An_account_of_a_county_sees_its_own_numbers_and_fires_and_no_others()
    {
        await using var server = await ServerAsync();
        var (own, foreign) = (await BurnAsync(server, Hongtong, 1), await BurnAsync(server, Xiangfen, 1));
        using var officer = await Visitor.AsAsync(server, Role.CountyOfficer, Hongtong);
        using var stranger = Visitor.Unknown(server.Address);
        using var taken = await TakenPicture.OfAsync(server, officer.Client, new());

        Assert.Equal(PictureTheme.Light.Ramp[1], taken.FillAround(Middle(server, Hongtong)));
        Assert.Equal(PictureTheme.Light.Faint, taken.FillAround(Middle(server, Xiangfen)));
        Assert.Equal((PictureTheme.Light.Fire, PictureTheme.Light.Faint), (taken.Pixel(PlaceOf(own[0])), taken.Pixel(PlaceOf(foreign[0]))));
        (await officer.GetAsync($"api/map.png?county={Xiangfen}")).IsProblem(404, "not-found");
        (await stranger.GetAsync("api/map.png")).IsProblem(401, "sign-in-required");
    }

    [Fact]
    public async Task Whatever_is_simulated_puts_a_hatched_badge_on_the_map_and_can_be_left_out()
    {
        await using var server = await ServerAsync();
        await BurnAsync(server, Hongtong, 1);
        using var real = await TakenPicture.OfAsync(server);
        await BurnAsync(server, Hongtong, 1, simulated: true);
        using var mixed = await TakenPicture.OfAsync(server);
        using var without = await TakenPicture.OfAsync(server, new() { Simulated = "exclude" });

        static int Stripes(TakenPicture taken) => taken.Count(taken.Page.Map, c => c == PictureTheme.Stripe);
        Assert.True(Stripes(mixed) > 500);
        Assert.Equal((0, 0), (Stripes(real), Stripes(without)));
    }

    [Fact]
    public async Task What_was_known_at_a_moment_is_drawn_as_it_was_until_the_log_forgets_it()
    {
        await using var server = await ServerAsync();
        var fire = (await BurnAsync(server, Hongtong, 1))[0];
        var moment = server.Now.ToString("O", CultureInfo.InvariantCulture);
        await server.PassAsync(TimeSpan.FromMinutes(40));
        Assert.Equal(HttpStatusCode.OK, (await server.VerdictAsync(fire, "out")).Status);
        await Until.TrueAsync(async () => await OpenAsync(server, Hongtong) == 0, "the violation is closed");

        using var now = await TakenPicture.OfAsync(server);
        using var then = await TakenPicture.OfAsync(server, new() { AsKnownAt = moment });
        Assert.Equal((PictureTheme.Light.Ramp[0], PictureTheme.Light.Ramp[0]), (now.Pixel(PlaceOf(fire)), now.FillAround(Middle(server, Hongtong))));
        Assert.Equal((PictureTheme.Light.Fire, PictureTheme.Light.Ramp[1]), (then.Pixel(PlaceOf(fire)), then.FillAround(Middle(server, Hongtong))));

        await server.ExecuteAsync("delete from airmap.events where seq < (select max(seq) from airmap.events)");
        (await server.GetAsync(TakenPicture.AddressOf(new() { AsKnownAt = moment, Theme = "dark" }))).IsProblem(410, "history-forgotten");
        (await server.GetAsync(TakenPicture.AddressOf(new() { AsKnownAt = server.Now.AddMinutes(1).ToString("O", CultureInfo.InvariantCulture) }))).IsProblem(400, "query-invalid");
    }

    [Fact]
    public async Task Its_tag_holds_until_the_log_moves_or_another_minute_would_stand_on_it()
    {
        await using var server = await ServerAsync();
        var first = await TagAsync(server, null, HttpStatusCode.OK);
        Assert.Equal(first, await TagAsync(server, first, HttpStatusCode.NotModified));
        await BurnAsync(server, Hongtong, 1);
        var second = await TagAsync(server, first, HttpStatusCode.OK);
        Assert.NotEqual(first, second, StringComparer.Ordinal);
        server.Clock!.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(second, await TagAsync(server, second, HttpStatusCode.OK), StringComparer.Ordinal);
    }

    static async Task<string> TagAsync(AirMapServer server, string? known, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("api/map.png?width=320&height=320", UriKind.Relative));
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        using var response = await server.Client.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
        return response.Headers.ETag!.ToString();
    }

    [Fact]
    public async Task What_cannot_be_drawn_is_refused_by_name_and_without_the_font_nothing_is()
    {
        await using var server = await ServerAsync();
        foreach (var query in new[]
        {
            "width=319", "height=4097", "width=1e3", "width=-400", "scale=3", "scale=0", "width=4096&height=4096&scale=2", "county=abc", "lang=fr", "theme=neon", "simulated=maybe", "asKnownAt=soon",
        })
        {
            (await server.GetAsync("api/map.png?" + query)).IsProblem(400, "query-invalid");
        }

        (await server.GetAsync("api/map.png?county=990099")).IsProblem(404, "not-found");
        await using var bare = await ServerAsync("Pictures:FontFolder=/nowhere");
        var refused = (await bare.GetAsync("api/map.png")).IsProblem(503, "font-missing");
        Assert.Contains("fonts-noto-cjk", refused.Text, StringComparison.Ordinal);
        bare.TakeErrors();
    }
}
