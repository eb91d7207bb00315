using Linfen.AirMap.GisData;
using Linfen.AirMap.Pictures;
using SkiaSharp;

namespace Linfen.AirMap.HeatSources.Evaluation;

/// <summary>Colours and letters of the picture.</summary>
sealed class Ink : Lettering, IDisposable
{
    public static readonly SKColor Paper = SKColor.Parse("#FBFAF6");
    public static readonly SKColor Ground = SKColor.Parse("#F0EDE4");
    public static readonly SKColor Line = SKColor.Parse("#D9D3C4");
    public static readonly SKColor Border = SKColor.Parse("#8F8674");
    public static readonly SKColor Text = SKColor.Parse("#2B2A27");
    public static readonly SKColor Quiet = SKColor.Parse("#6F695E");
    public static readonly SKColor Other = SKColor.Parse("#A79E90");
    public static readonly SKColor Explained = SKColor.Parse("#0B7A86");

    /// <summary>By days lit: from, and the colour.</summary>
    public static readonly (int Days, SKColor Colour)[] Persistence =
        [(0, SKColor.Parse("#F2B134")), (10, SKColor.Parse("#E8762C")), (20, SKColor.Parse("#CB3A2A")), (30, SKColor.Parse("#7E1031"))];

    readonly Faces faces;

    Ink(Faces faces)
        : base(faces) => this.faces = faces;

    /// <exception cref="GisDataException">The font is not there.</exception>
    public static Ink Open() => new(Faces.Load(Faces.Folder) ?? throw new GisDataException(Faces.MissingFrom(Faces.Folder)));

    public static SKColor Of(int days) => Persistence.Last(p => days >= p.Days).Colour;

    public void Dispose() => faces.Dispose();
}
