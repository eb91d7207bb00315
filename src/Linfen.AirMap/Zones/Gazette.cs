using Linfen.AirMap.Atlas;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan;

namespace Linfen.AirMap.Zones;

/// <summary>Why something was not done to a zone.</summary>
/// <param name="Status">Of the answer.</param>
/// <param name="Stored">The version that stands in the way.</param>
sealed record ZoneRefusal(int Status, string Type, string Detail, ZoneVersion? Stored = null)
{
    public static readonly ZoneRefusal NotFound = new(404, "not-found", "There is no such zone.");

    public static readonly ZoneRefusal OutsideScope = new(403, "outside-scope", "The zone reaches beyond the counties of this account.");

    public static ZoneRefusal VersionDiffers(ZoneVersion stored) =>
        new(409, "version-differs", "Somebody changed it after you read it. Both versions follow; decide and send again with the stored version's ETag.", stored);

    public static ZoneRefusal NotADraft(ZoneVersion stored) => new(409, "not-a-draft", "The latest version is published or retired; draw a new version first.", stored);
}

/// <summary>
/// Takes the changes of zones of one commit and writes them as one: rows, the law that follows, marks on the subjects that it can affect,
/// and events.
/// </summary>
sealed class Gazette(LedgerTransaction transaction, Rulebase rules, ZoneMeasures measures, string by)
{
    readonly List<ZoneVersion> changed = [];
    readonly List<ZoneVersion> deleted = [];
    readonly List<ZoneVersion> ofLaw = [];
    readonly List<(string Type, ZoneVersion Zone)> told = [];

    /// <summary>The version that was changed last.</summary>
    public ZoneVersion? Last => changed.LastOrDefault();

    public DateTimeOffset Now => transaction.KnownAt;

    public DateOnly Today => Beijing.DayOf(Now);

    public ZoneVersion Draw(Guid? id, int version, ZoneDraft draft)
    {
        var zone = ZoneVersion.Draft(id ?? Guid.CreateVersion7(Now), version, draft, by, Now);
        changed.Add(zone);
        return zone;
    }

    public void Redraw(ZoneVersion zone, ZoneDraft draft)
    {
        zone.Redraw(draft, by, Now);
        changed.Add(zone);
    }

    public void Delete(ZoneVersion draft) => deleted.Add(draft);

    /// <summary>The draft becomes law; from its first day on it stands in the place of all versions before it.</summary>
    public ZoneRefusal? Publish(ZoneVersion draft, IEnumerable<ZoneVersion> earlier, Publication publication)
    {
        if (publication.From < Today && publication.Reason is null)
        {
            return new(400, "invalid", "reason: is needed, because effectiveFrom lies in the past (追溯理由)");
        }

        foreach (var version in earlier.Where(v => v.EndBefore(publication.From, by, Now)))
        {
            Legal(version);
        }

        draft.Publish(publication.DocumentNumber, publication.From, publication.To, publication.Reason, by, Now);
        Legal(draft);
        told.Add((EventTypes.ZonePublished, draft));
        return null;
    }

    /// <summary>Nothing of the zone holds after the last day.</summary>
    public ZoneRefusal? Retire(IReadOnlyList<ZoneVersion> versions, DateOnly? lastDay, string? reason)
    {
        var last = lastDay ?? Today.AddDays(-1);
        if (last < Today.AddDays(-1) && reason is null)
        {
            return new(400, "invalid", "reason: is needed, because lastDay lies in the past (追溯理由)");
        }

        var holding = versions.Where(v => v.Status == ZoneStatus.Published && v.WasEverInForce && (v.EffectiveTo is not { } to || to > last)).ToList();
        foreach (var version in holding)
        {
            version.Retire(last, reason, by, Now);
            Legal(version);
            told.Add((EventTypes.ZoneRetired, version));
        }

        return holding.Count > 0 ? null : new(409, "not-in-force", "No published version of the zone holds after that day.", versions[0]);
    }

    /// <summary>Hands everything to the transaction; returns the law that it makes, or null when it makes none.</summary>
    public Rulebase? Write()
    {
        if (changed.Count > 0)
        {
            // Drawn and published in one: one row.
            transaction.Write(ZoneRows.Upsert([.. changed.Distinct()]));
        }

        deleted.ForEach(zone => transaction.Write(ZoneRows.Delete(zone)));
        if (ofLaw.Count == 0)
        {
            return null;
        }

        transaction.ChangesLaw();
        ZoneLaw.Mark(transaction, ofLaw);
        told.ForEach(e => transaction.Append(e.Type, null, e.Zone.Id.ToString(), ZoneFeature.ToText(e.Zone, measures.Of(e.Zone))));
        return rules with { Atlas = rules.Atlas.With(ZoneLaw.After(rules.Atlas.Regulation, ofLaw)) };
    }

    void Legal(ZoneVersion version)
    {
        changed.Add(version);
        ofLaw.Add(version);
    }
}
