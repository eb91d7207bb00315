using System.Globalization;
using System.Text;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Microsoft.AspNetCore.Mvc;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Hosting;

/// <summary>What every list takes: where, when, how many, and where the page before it ended.</summary>
public sealed record ListQuery
{
    public const int MostPerPage = 1_000;

    [FromQuery(Name = "county")]
    public string? County { get; init; }

    /// <summary>west,south,east,north in CGCS2000 degrees.</summary>
    [FromQuery(Name = "bbox")]
    public string? Bbox { get; init; }

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    /// <summary><c>exclude</c> leaves simulated rows out, <c>only</c> leaves real ones out.</summary>
    [FromQuery(Name = "simulated")]
    public string? Simulated { get; init; }

    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    /// <summary>The checked query, or the sentence that says what is wrong with it.</summary>
    /// <param name="scope">What the caller may see: every list has it in its query.</param>
    internal (Checked? Query, string? Fault) Check(Scope scope)
    {
        if (County is { Length: > 0 } && (County.Length != 6 || !County.All(char.IsAsciiDigit)))
        {
            return (null, "county is a six-digit code such as 141002.");
        }

        if (Simulated is not (null or "" or "exclude" or "include" or "only"))
        {
            return (null, "simulated is include, exclude or only.");
        }

        var limit = 100;
        if (Limit is { Length: > 0 } && (!int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostPerPage))
        {
            return (null, $"limit is 1 to {MostPerPage}.");
        }

        Geometry? box = null;
        if (Bbox is { Length: > 0 } && (box = ParseBox(Bbox)) is null)
        {
            return (null, "bbox is west,south,east,north in degrees.");
        }

        if (!TryTime(From, out var from) || !TryTime(To, out var to))
        {
            return (null, "from and to are RFC 3339 times with an offset.");
        }

        Position? after = null;
        return Cursor is { Length: > 0 } && (after = Position.Parse(Cursor)) is null
            ? (null, "cursor is taken from the next link of the page before.")
            : (new(string.IsNullOrEmpty(County) ? null : County, box, from, to, Simulated, limit, after, scope), null);
    }

    public static bool TryTime(string? text, out DateTimeOffset? time)
    {
        time = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        // A plus sign in an address arrives as a space.
        var good = DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed);
        time = good ? parsed.ToUniversalTime() : null;
        return good;
    }

    /// <summary>A polygon, or a line or point where sides touch.</summary>
    static Geometry? ParseBox(string text)
    {
        var parts = text.Split(',');
        var sides = new double[4];
        for (var i = 0; i < 4; i++)
        {
            if (parts.Length != 4 || !double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out sides[i]) || !double.IsFinite(sides[i]))
            {
                return null;
            }
        }

        return sides[0] <= sides[2] && sides[1] <= sides[3]
            ? Database.Geometry.ToGeometry(new Envelope(sides[0], sides[2], sides[1], sides[3]))
            : null;
    }

    internal sealed record Checked(
        string? County, Geometry? Box, DateTimeOffset? From, DateTimeOffset? To, string? Simulated, int Limit, Position? After, Scope Scope)
    {
        public bool WithoutSimulated => Simulated == "exclude";

        public bool OnlySimulated => Simulated == "only";
    }

    /// <summary>The last row of a page: lists are newest first by time, then id.</summary>
    internal sealed record Position(DateTimeOffset At, Guid Id)
    {
        public override string ToString() =>
            Convert.ToBase64String(Encoding.ASCII.GetBytes($"{At.UtcTicks.ToString(CultureInfo.InvariantCulture)}/{Id:N}")).Replace('+', '-').Replace('/', '_').TrimEnd('=');

        public static Position? Parse(string text)
        {
            try
            {
                var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
                var parts = Encoding.ASCII.GetString(Convert.FromBase64String(padded)).Split('/');
                return parts.Length == 2
                    && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
                    && Guid.TryParseExact(parts[1], "N", out var id)
                        ? new(new DateTimeOffset(ticks, TimeSpan.Zero), id)
                        : null;
            }
            catch (FormatException)
            {
                return null;
            }
        }
    }
}
