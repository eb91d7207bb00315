using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Zones;

/// <summary>A violation that would open or close.</summary>
/// <param name="Change">opens or closes.</param>
sealed record ImpactItem(string Kind, Guid Id, string Name, string? County, string Rule, string Change, bool Simulated);

/// <summary>How many would, by rule and by county.</summary>
sealed class ImpactCount
{
    public int Count { get; private set; }

    public SortedDictionary<string, int> ByRule { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> ByCounty { get; } = new(StringComparer.Ordinal);

    public void Add(ImpactItem item)
    {
        Count++;
        ByRule[item.Rule] = ByRule.GetValueOrDefault(item.Rule) + 1;
        var county = item.County ?? "";
        ByCounty[county] = ByCounty.GetValueOrDefault(county) + 1;
    }
}

/// <param name="At">The moment of law that was asked for: the first on which the draft holds, or now.</param>
sealed record ImpactReport(DateTimeOffset At, int Judged, ImpactCount Opens, ImpactCount Closes, IReadOnlyList<ImpactItem> Subjects);

/// <summary>
/// Judges, in memory, what a draft can affect under the law with it and without it; the difference is its impact. Nothing is written.
/// </summary>
sealed class ZoneImpact(AirMapDb db, AtlasKeeper keeper, RegisterBook book, ZoneMeasures measures, TimeProvider clock)
{
    const int MostListed = 1_000;
    const int AtOnce = 1_000;

    public async Task<IResult> AnswerAsync(Guid id, JsonElement body, Scope scope, CancellationToken cancellation)
    {
        var (now, faults) = (clock.GetUtcNow(), new List<string>());
        var from = ZoneReader.Day(body, "effectiveFrom", faults) ?? Beijing.DayOf(now);
        var to = ZoneReader.Day(body, "effectiveTo", faults);
        if (to < from)
        {
            faults.Add("effectiveTo: is the last day in force, not before effectiveFrom");
        }

        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        var versions = await db.ZoneVersions.AsNoTracking().Where(z => z.Id == id).OrderByDescending(z => z.Version).ToListAsync(cancellation);
        if (versions is [var seen, ..] && !ZoneSight.Holds(scope, measures.Of(seen).Counties))
        {
            return Problems.NotFound("such zone");
        }

        if (versions is not [{ Status: ZoneStatus.Draft } draft, .. var earlier])
        {
            return versions.Count == 0 ? Problems.NotFound("such zone") : Problems.Of(409, "not-a-draft", "The latest version is published or retired; draw a new version first.");
        }

        // These are copies of our own: published here, stored nowhere.
        List<ZoneVersion> changed = [.. earlier.Where(v => v.EndBefore(from, "", now)), draft];
        draft.Publish("-", from, to, null, "", now);
        await keeper.FreshAsync();
        var before = keeper.Rulebase;
        var after = before with { Atlas = before.Atlas.With(ZoneLaw.After(before.Atlas.Regulation, changed)) };
        var at = Beijing.StartOf(from) is var first && first > now ? first : now;
        return TypedResults.Ok(await JudgeAsync(await ConcernedAsync(changed, cancellation), before, after, at));
    }

    async Task<List<Guid>> ConcernedAsync(List<ZoneVersion> changed, CancellationToken cancellation)
    {
        var kinds = ZoneLaw.SubjectKinds(changed[0].Kind);
        var subjects = db.Subjects.AsNoTracking().Where(s => kinds.Contains(s.Kind));
        if (ZoneLaw.ReachesEverywhere(changed[0].Kind))
        {
            return await subjects.Select(s => s.Id).ToListAsync(cancellation);
        }

        var concerned = new HashSet<Guid>();
        foreach (var shape in changed.Select(z => z.Shape))
        {
            concerned.UnionWith(await subjects.Where(s => (s.Shape ?? s.Position)!.Intersects(shape)).Select(s => s.Id).ToListAsync(cancellation));
        }

        return [.. concerned];
    }

    async Task<ImpactReport> JudgeAsync(List<Guid> concerned, Rulebase before, Rulebase after, DateTimeOffset at)
    {
        var (opens, closes, listed) = (new ImpactCount(), new ImpactCount(), new List<ImpactItem>());
        foreach (var ids in concerned.Chunk(AtOnce))
        {
            foreach (var dossier in await Families.LoadAsync(db, ids, new Dictionary<Guid, Subject>(), new HashSet<Guid>()))
            {
                var register = book.Of(dossier.Subject);
                var without = register.Decide(dossier, before.Atlas, before.Law, at);
                var with = register.Decide(dossier, after.Atlas, after.Law, at);
                Count(Rules<Decision.Violation>(with).Except(Rules<Decision.Violation>(without), StringComparer.Ordinal), "opens", opens, dossier.Subject);
                // What becomes undecidable stays open.
                Count(Rules<Decision.Violation>(without).Intersect(Rules<Decision.Compliant>(with), StringComparer.Ordinal), "closes", closes, dossier.Subject);
            }
        }

        return new(at.ToOffset(Beijing.Offset), concerned.Count, opens, closes, listed);

        void Count(IEnumerable<string> rules, string change, ImpactCount count, Subject s)
        {
            foreach (var item in rules.Select(rule => new ImpactItem(s.Kind, s.Id, s.Name, s.County, rule, change, s.Simulated)))
            {
                count.Add(item);
                if (listed.Count < MostListed)
                {
                    listed.Add(item);
                }
            }
        }
    }

    static IEnumerable<string> Rules<T>(IEnumerable<Decision> decisions)
        where T : Decision => decisions.OfType<T>().Select(d => d.Rule);
}
