using System.Text.Json.Nodes;

namespace Linfen.AirMap.Tests.GisData;

/// <summary>Nine square counties, three by three of a tenth of a degree, as a file that tests may spoil.</summary>
sealed class CountyGridFile
{
    readonly JsonArray features = [];

    public CountyGridFile()
    {
        for (var i = 0; i < 9; i++)
        {
            var (west, south) = (111 + 0.1 * (i % 3), 36 + 0.1 * (i / 3));
            features.Add(new JsonObject
            {
                ["type"] = "Feature",
                ["properties"] = new JsonObject { ["code"] = $"14100{i + 1}", ["name"] = $"第{i + 1}县", ["nameEn"] = $"County {i + 1}" },
                ["geometry"] = Polygon((west, south), (west + 0.1, south), (west + 0.1, south + 0.1), (west, south + 0.1)),
            });
        }
    }

    public JsonObject this[int number] => (JsonObject)features[number - 1]!;

    /// <summary>The corners of a county's ring; the first comes again as the last.</summary>
    public JsonArray Ring(int number) => (JsonArray)this[number]["geometry"]!["coordinates"]![0]!;

    public void Remove(int number) => features.RemoveAt(number - 1);

    public void SetCode(int number, string? code) => this[number]["properties"]!["code"] = code;

    public void SetCorners(int number, params (double X, double Y)[] corners) => this[number]["geometry"] = Polygon(corners);

    public void MoveCorner(int number, int corner, double dx, double dy)
    {
        var at = (JsonArray)Ring(number)[corner]!;
        (at[0], at[1]) = ((double)at[0]! + dx, (double)at[1]! + dy);
    }

    public void SetPoint(int number) => this[number]["geometry"] = new JsonObject { ["type"] = "Point", ["coordinates"] = new JsonArray(111.05, 36.05) };

    public override string ToString() => new JsonObject { ["type"] = "FeatureCollection", ["features"] = features.DeepClone() }.ToJsonString();

    static JsonObject Polygon(params (double X, double Y)[] corners)
    {
        var ring = new JsonArray();
        foreach (var (x, y) in corners.Append(corners[0]))
        {
            // To seven places, so that neighbours write a shared corner alike.
            ring.Add(new JsonArray(Math.Round(x, 7), Math.Round(y, 7)));
        }

        return new() { ["type"] = "Polygon", ["coordinates"] = new JsonArray(ring) };
    }
}
