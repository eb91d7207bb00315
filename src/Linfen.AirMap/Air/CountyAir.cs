using System.Security.Cryptography;
using System.Text;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Registers;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Air;

/// <summary>
/// Brings the running annual means up to date, as a transaction sees the stations' days. Only areas that have a station get an entry: one
/// without data is then undecidable, while of a county without any station the rule has nobody to ask (its missing stations are Article 41's
/// affair). What is simulated has means of its own.
/// </summary>
sealed class CountyAir
{
    readonly List<Subject> changed = [];

    CountyAir()
    {
    }

    /// <summary>All entries that were looked at, as the transaction leaves them.</summary>
    public Dictionary<Guid, Subject> Present { get; } = [];

    /// <summary>Entries whose last station is gone.</summary>
    public List<Subject> Gone { get; } = [];

    public bool IsEmpty => changed.Count == 0 && Gone.Count == 0;

    /// <summary>An area and the stations that measure its air.</summary>
    sealed record Area(SubjectDraft Draft, Whereabouts Where, bool DevelopmentZone, IReadOnlyList<Guid> Stations);

    /// <param name="heard">Stations that have new values; null for the whole city.</param>
    public static async Task<CountyAir> RefreshAsync(AirMapDb db, Rulebase rules, IEnumerable<Subject>? heard, DateTimeOffset now)
    {
        var touched = heard?.Select(s => s.Id).ToHashSet();
        var areas = (await AreasAsync(db, rules.Atlas)).FindAll(a => touched is null || a.Stations.Any(touched.Contains));
        var entries = await db.Subjects.AsNoTracking().Where(s => s.Kind == CountyAirRegister.KindName).ToDictionaryAsync(s => (s.Key, s.Simulated));
        var days = await DaysAsync(db, [.. areas.SelectMany(a => a.Stations).Distinct()], Beijing.DayOf(now));
        var air = new CountyAir();
        foreach (var area in areas)
        {
            entries.Remove((area.Draft.Key, area.Draft.Simulated), out var entry);
            air.Take(area, AnnualMean.Of(area.Stations.SelectMany(s => days[s]), Beijing.DayOf(now)), entry, now);
        }

        if (touched is null)
        {
            air.Gone.AddRange(entries.Values);
        }

        return air;
    }

    static async Task<List<Area>> AreasAsync(AirMapDb db, CityAtlas atlas)
    {
        var stations = await db.Subjects.AsNoTracking().Where(s => s.Kind == StationRegister.StationKindName && (s.County != null || s.ParentId != null))
            .Select(s => new { s.Id, s.County, s.ParentId, s.Simulated }).ToListAsync();
        var parks = await db.Subjects.AsNoTracking().Where(s => s.Kind == "park" && s.Name == CountyAirRegister.DevelopmentZone && s.County != null).ToListAsync();
        var areas = stations.Where(s => s.County is not null && atlas.ByCode.ContainsKey(s.County)).GroupBy(s => (County: s.County!, s.Simulated)).Select(g =>
        {
            var county = atlas.ByCode[g.Key.County];
            return new Area(Draft("county:" + county.Code, county.Code, county.Name, g.Key.Simulated), new(county.Code, county.Label), false, [.. g.Select(s => s.Id)]);
        });
        var zones = parks.Select(park => new Area(
            Draft("park:" + park.Id.ToString("N"), null, park.Name, park.Simulated), new(park.County, park.Position), true,
            [.. stations.Where(s => s.ParentId == park.Id && s.Simulated == park.Simulated).Select(s => s.Id)]));
        return [.. areas.Concat(zones.Where(z => z.Stations.Count > 0))];
    }

    static SubjectDraft Draft(string key, string? code, string name, bool simulated) =>
        new(CountyAirRegister.KindName, key, code, name, null, null, FieldValues.None, null, simulated);

    static async Task<ILookup<Guid, (DateOnly Day, double Mean)>> DaysAsync(AirMapDb db, Guid[] stations, DateOnly today)
    {
        var first = today.AddDays(1 - AnnualMean.Days);
        var days = await db.Set<AirDay>().AsNoTracking()
            .Where(d => stations.Contains(d.StationId) && d.Factor == AirFactor.Pm25 && d.Day >= first && d.Day <= today)
            .Select(d => new { d.StationId, d.Day, d.Mean }).ToListAsync();
        return days.ToLookup(d => d.StationId, d => (d.Day, d.Mean));
    }

    void Take(Area area, AnnualMean mean, Subject? entry, DateTimeOffset now)
    {
        var draft = area.Draft with { Values = Values(mean, area.DevelopmentZone) };
        if (entry is null)
        {
            changed.Add(entry = Subject.Create(IdOf(draft), draft, area.Where, now));
        }
        else if (entry.DiffersFrom(draft))
        {
            entry.Change(draft, area.Where, sameState: false, now);
            changed.Add(entry);
        }
        else if (entry.Move(area.Where, now))
        {
            changed.Add(entry);
        }

        Present[entry.Id] = entry;
    }

    static FieldValues Values(AnnualMean mean, bool developmentZone) => FieldValues.From(new CountyAirRegister().Fields, new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["annualMean"] = mean.Mean is { } value ? (decimal)value : null,
        ["validDays"] = (decimal)mean.ValidDays,
        ["lastDay"] = mean.LastDay,
        ["developmentZone"] = developmentZone ? true : null,
    });

    /// <summary>The same area has the same id in every database and for ever, whatever was cleared meanwhile.</summary>
    static Guid IdOf(SubjectDraft draft)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"linfen-airmap {draft.Kind} {draft.Key} {draft.Simulated}")).AsSpan(0, 16);
        // RFC 9562, version 8: made by a rule of our own.
        bytes[6] = (byte)(0x80 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Hands what changed to the transaction. There is no history of versions: the days and the corrections are kept.</summary>
    public void Write(LedgerTransaction transaction, RegisterBook book)
    {
        if (Gone.Count > 0)
        {
            transaction.Write(SubjectRows.Delete(Gone));
            Gone.ForEach(s => transaction.Append(EventTypes.SubjectDeleted, s.County, s.Id.ToString(), SubjectFeature.ToText(s, book.Of(s))));
        }

        if (changed.Count > 0)
        {
            transaction.Write(SubjectRows.Upsert(changed));
            changed.ForEach(s => transaction.Append(book.Of(s).Events.Changed, s.County, s.Id.ToString(), SubjectFeature.ToText(s, book.Of(s))));
        }
    }
}
