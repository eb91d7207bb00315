using System.Text;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Tests.Photos;
using Linfen.AirMap.Tests.Support;
using SkiaSharp;
using Xunit;

namespace Linfen.AirMap.Tests.Findings;

/// <summary>Photos come with findings, are told apart by their bytes, and are shown without what the camera wrote into them.</summary>
public sealed class FindingPhotoTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    Dictionary<string, object?> Finding() => FindingCalls.Finding("kitchenFumes", Server.FreshPlace());

    async Task<byte[]> PictureAsync(string path)
    {
        using var answer = await Server.Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal("image/jpeg", answer.EnsureSuccessStatusCode().Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    static List<string> Photos(JsonElement properties, string name = "photos") => [.. properties.GetProperty(name).EnumerateArray().Select(p => p.GetString()!)];

    [Fact]
    public async Task A_finding_with_photos_shows_them_without_the_traces_of_the_camera()
    {
        var (one, other) = (Snapshot.Jpeg(10), Snapshot.Jpeg(200));
        Assert.Contains(Snapshot.Camera, Encoding.Latin1.GetString(one), StringComparison.Ordinal);
        var answer = await Server.PostAsync(FindingCalls.Findings, FindingCalls.Form("finding", Finding(), one, other));
        Assert.True((int)answer.Status == 201, answer.Text);

        var hashes = Photos(answer.Json.GetProperty("properties"));
        Assert.Equal(2, hashes.Count);
        foreach (var path in hashes.SelectMany(h => new[] { $"api/photos/{h}", $"api/photos/{h}/thumbnail" }))
        {
            var shown = await PictureAsync(path);
            using var picture = SKBitmap.Decode(shown);
            Assert.Equal((64, 48), (picture.Width, picture.Height));
            Assert.DoesNotContain(Snapshot.Camera, Encoding.Latin1.GetString(shown), StringComparison.Ordinal);
            Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(shown), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_hash_of_a_photo_of_another_county_opens_nothing_and_cannot_be_named()
    {
        byte[] Salted(int shade) => [.. Snapshot.Jpeg(shade), .. Guid.NewGuid().ToByteArray()];
        const string Here = "141024", There = "141029";
        var mine = Salted(21);
        var foreign = Photos((await Server.PostAsync(FindingCalls.Findings, FindingCalls.Form("finding", FindingCalls.Finding("kitchenFumes", Server.Places.NextIn(There)), Salted(20)))).Json.GetProperty("properties"))[0];
        using var officer = await Visitor.AsAsync(Server, Role.CountyOfficer, Here);
        Dictionary<string, object?> Naming(params string[] photos) => new(FindingCalls.Finding("kitchenFumes", Server.Places.NextIn(Here)), StringComparer.Ordinal) { ["photos"] = photos };

        var refused = await officer.PostAsync(FindingCalls.Findings, JsonSerializer.Serialize(Naming(foreign)));
        var missing = await officer.PostAsync(FindingCalls.Findings, JsonSerializer.Serialize(Naming(new string('0', 64))));
        Assert.Equal(missing.IsProblem(400, "invalid").Json.GetProperty("faults")[0].GetString()!.Replace(new string('0', 64), foreign, StringComparison.Ordinal), refused.IsProblem(400, "invalid").Json.GetProperty("faults")[0].GetString());

        // What comes with the call, or is seen already, may be named; so may the steps.
        var filed = await officer.SendAsync("POST", FindingCalls.Findings, FindingCalls.Form("finding", FindingCalls.Finding("kitchenFumes", Server.Places.NextIn(Here)), mine));
        Assert.True((int)filed.Status == 201, filed.Text);
        var (finding, seen) = (filed.Json.GetProperty("properties"), Photos(filed.Json.GetProperty("properties"))[0]);
        var again = await officer.PostAsync(FindingCalls.Findings, JsonSerializer.Serialize(Naming(seen)));
        Assert.True((int)again.Status == 201, again.Text);
        var step = $"{FindingCalls.Findings}/{finding.GetProperty("id").GetString()}/rectify";
        (await officer.PostAsync(step, JsonSerializer.Serialize(new { photos = new[] { foreign } }))).IsProblem(400, "invalid");
        var mended = await officer.SendAsync("POST", step, FindingCalls.Form("rectify", new { }, Salted(22)));
        Assert.True((int)mended.Status == 200, mended.Text);

        Assert.Equal(404, (int)(await officer.GetAsync($"api/photos/{foreign}")).Status);
        Assert.Equal(200, (int)(await officer.GetAsync($"api/photos/{Photos(mended.Json.GetProperty("properties"), "rectifiedPhotos")[0]}")).Status);
    }

    [Fact]
    public async Task The_same_finding_with_the_same_photos_is_a_repeat_and_with_others_a_conflict()
    {
        var finding = Finding();
        var first = await Server.PostAsync(FindingCalls.Findings, FindingCalls.Form("finding", finding, Snapshot.Jpeg(11)));
        var again = await Server.PostAsync(FindingCalls.Findings, FindingCalls.Form("finding", finding, Snapshot.Jpeg(11)));
        Assert.Equal((201, first.Text), ((int)again.Status, again.Text));
        (await Server.PostAsync(FindingCalls.Findings, FindingCalls.Form("finding", finding, Snapshot.Jpeg(12)))).IsProblem(409, "exists");
        (await Server.FileAsync(finding)).IsProblem(409, "exists");
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "not-a-photo", "<html><script>alert(1)</script>" },
        { "not-a-photo", "" },
        { "photo-damaged|photo-truncated|not-a-photo", "\u00FF\u00D8\u00FF\u00E0broken" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_photo_that_is_refused_refuses_the_finding(string reason, string bytes)
    {
        var finding = Finding();
        var refused = (await Server.PostAsync(FindingCalls.Findings, FindingCalls.Form("finding", finding, Snapshot.Jpeg(13), Encoding.Latin1.GetBytes(bytes)))).IsProblem(400, "photo-refused");
        Assert.Matches(reason, refused.Json.GetProperty("detail").GetString());
        Assert.Equal(0, await Server.StoredAsync(finding["id"]!));
        Assert.Empty(Server.TakeErrors());
    }

    [Fact]
    public async Task Photos_before_one_that_is_refused_are_not_kept()
    {
        byte[] Salted(int shade) => [.. Snapshot.Jpeg(shade), .. Guid.NewGuid().ToByteArray()];
        var (kept, before) = (Salted(14), Salted(15));
        Assert.Equal(201, (int)(await Server.PostAsync(FindingCalls.Findings, FindingCalls.Form("finding", Finding(), kept))).Status);
        var files = Server.PhotoFiles;

        (await Server.PostAsync(FindingCalls.Findings, FindingCalls.Form("finding", Finding(), before, kept, [1, 2, 3]))).IsProblem(400, "photo-refused");

        Assert.Equal(files.Order(StringComparer.Ordinal), Server.PhotoFiles.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(201, (int)(await Server.PostAsync(FindingCalls.Findings, FindingCalls.Form("finding", Finding(), before, kept))).Status);
        Assert.Equal(files.Count + 3, Server.PhotoFiles.Count);
    }

    [Fact]
    public async Task When_and_where_a_photo_was_taken_is_told_to_who_asks_for_it_and_stands_nowhere_else()
    {
        var noted = Picture.WithExif(Picture.Of(64, 48), Picture.Exif(1, "2026:03:14 09:30:00", "+08:00", (36, 5, 1234), (111, 31, 567)));
        var head = await Server.HeadAsync();
        var filed = await Server.PostAsync(FindingCalls.Findings, FindingCalls.Form("finding", Finding(), noted, Snapshot.Jpeg(16)));
        Assert.True((int)filed.Status == 201, filed.Text);
        var path = $"{FindingCalls.Findings}/{filed.Json.Id()}";

        var told = (await Server.OneAsync(path + "/captures")).GetProperty("photos").EnumerateArray().ToList();

        Assert.Equal(Photos(filed.Json.GetProperty("properties")), told.Select(p => p.GetProperty("photo").GetString()!), StringComparer.Ordinal);
        Assert.Equal("2026-03-14T09:30:00+08:00", told[0].GetProperty("takenAt").GetString());
        Assert.Equal((111.518242, 36.086761), (Math.Round(told[0].GetProperty("lon").GetDouble(), 6), Math.Round(told[0].GetProperty("lat").GetDouble(), 6)));
        Assert.Equal(JsonValueKind.Null, told[1].GetProperty("takenAt").ValueKind);
        var elsewhere = string.Concat(
            filed.Text, (await Server.GetAsync(path)).Text, (await Server.GetAsync(path + "/history")).Text, (await Server.GetAsync($"api/events?after={head}")).Text,
            Encoding.Latin1.GetString(await PictureAsync($"api/photos/{told[0].GetProperty("photo").GetString()}")));
        Assert.DoesNotContain("2026-03-14T09:30", elsewhere, StringComparison.Ordinal);
        Assert.DoesNotContain("2026:03:14", elsewhere, StringComparison.Ordinal);
        (await Server.GetAsync($"{FindingCalls.Findings}/{Guid.NewGuid()}/captures")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Ten_photos_a_strange_part_and_a_form_without_finding_are_refused()
    {
        var many = Enumerable.Range(0, 10).Select(i => Snapshot.Jpeg(20 + i)).ToArray();
        (await Server.PostAsync(FindingCalls.Findings, FindingCalls.Form("finding", Finding(), many))).IsProblem(400, "invalid");
        (await Server.PostAsync(FindingCalls.Findings, FindingCalls.Form("note", Finding()))).IsProblem(400, "invalid");
        using var strange = FindingCalls.Form("finding", Finding());
        strange.Add(new ByteArrayContent([1]), "video", "video.mp4");
        (await Server.PostAsync(FindingCalls.Findings, strange)).IsProblem(400, "invalid");
        using var broken = new StringContent("--x\r\nnothing", Encoding.UTF8);
        broken.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=y");
        (await Server.PostAsync(FindingCalls.Findings, broken)).IsProblem(400, "body-unreadable");
        Assert.Empty(Server.TakeErrors());
    }

    [Fact]
    public async Task A_photo_is_evidence_that_something_is_mended_sent_along_or_named_by_its_hash()
    {
        var finding = await Server.FiledAsync(Finding());
        var path = $"{FindingCalls.Findings}/{finding.GetProperty("id").GetString()}/rectify";
        var mended = await Server.PostAsync(path, FindingCalls.Form("rectify", new { }, Snapshot.Jpeg(40)));
        Assert.True((int)mended.Status == 200, mended.Text);
        var hash = Assert.Single(Photos(mended.Json.GetProperty("properties"), "rectifiedPhotos"));

        // The phone did not hear the answer and names the photo, which it knows is there.
        Assert.Equal(200, (int)(await Server.PostAsync(path, JsonSerializer.Serialize(new { photos = new[] { hash } }))).Status);
        Assert.Empty(await Server.OpenRulesAsync(finding));
    }

    [Fact]
    public async Task A_finding_that_is_wrong_stores_no_photo()
    {
        var finding = Finding();
        finding["kind"] = "nothing";
        var photo = Snapshot.Jpeg(Random.Shared.Next(50, 190));
        var salted = photo.Concat(Guid.NewGuid().ToByteArray()).ToArray();
        (await Server.PostAsync(FindingCalls.Findings, FindingCalls.Form("finding", finding, salted))).IsProblem(400, "invalid");
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(salted));
        (await Server.GetAsync($"api/photos/{hash}")).IsProblem(404, "not-found");
    }
}
