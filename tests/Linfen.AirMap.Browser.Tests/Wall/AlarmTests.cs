using Deque.AxeCore.Playwright;
using Linfen.AirMap.Browser.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Linfen.AirMap.Browser.Tests.Wall;

/// <summary>What happens in the room when something burns: every wall shows, flies and sounds, until one person says that he has seen it.</summary>
public sealed class AlarmTests(City city)
{
    const string Sounds = "() => airmap.alarm.state === 'sounding' && airmap.alarm.wanted";
    const string IsQuiet = "() => airmap.alarm.state === 'quiet' && !airmap.alarm.wanted && airmap.alarm.open === 0";
    const string OldestIsShown = "() => document.querySelector('.alarm .first .what strong').textContent.includes('洪洞县 露天焚烧')";

    /// <summary>The card of a fire is open, and the map has flown to it.</summary>
    const string CaseIsOpen = "() => location.hash.includes('s=fire:') && document.querySelector('.card').checkVisibility() && document.querySelector('.card').textContent.includes('洪洞县') && airmap.mapIdle && airmap.drawnFires.length > 0 && /c=111\\.6/.test(location.hash)";

    /// <summary>What browsers on people's desks do and this one, started as a wall's, does not: nothing sounds before somebody touched the page.</summary>
    const string UntouchedIsUnheard = """
        let [touched, heard] = [false, false];
        addEventListener('pointerdown', () => { touched = true; }, true);
        window.AudioContext = class extends AudioContext {
          get state() { return heard ? super.state : 'suspended'; }
          resume() {
            if (!touched) return new Promise(() => {});
            heard = true;
            return super.resume();
          }
        };
        """;

    [Fact]
    public async Task An_alarm_is_seen_and_heard_on_every_wall_until_one_acknowledges_it_and_the_past_is_left_to_its_reader()
    {
        await using var server = await city.ServeAsync();
        await server.RaiseAlarmsAsync();
        await using var duty = await WallPage.OpenAsync(city.Browser, server.Address);
        await using var hall = await WallPage.OpenAsync(city.Browser, server.Address);
        await hall.Page.AddInitScriptAsync(UntouchedIsUnheard);
        await hall.Page.ReloadAsync();
        await hall.UntilAsync("() => window.airmap?.link === 'live' && airmap.alarm.state === 'quiet' && document.querySelector('.alarm .sound').textContent.includes('声音未开启')");
        await hall.Page.ClickAsync(".alarm .sound");
        await hall.UntilAsync("() => document.querySelector('.alarm .sound').textContent.includes('声音已开启')");

        // It arrives: both sound, fly there and open the case.
        await server.ReportAsync(Sighting.InHongtong(0));
        foreach (var wall in new[] { duty, hall })
        {
            await wall.UntilAsync(Sounds);
            await wall.UntilAsync(OldestIsShown);
            await wall.UntilAsync(CaseIsOpen);
        }

        await BeSoundAsync(duty);
        await duty.PictureAsync("wall-alarm");

        // The other screen may be muted, and says so; then one acknowledges by the keyboard, and both are quiet.
        await hall.Page.ClickAsync(".alarm .sound");
        await hall.UntilAsync("() => airmap.alarm.state === 'muted' && airmap.alarm.wanted && document.querySelector('.alarm .sound').textContent.includes('本屏已静音')");
        await hall.Page.ClickAsync(".alarm .sound");
        await hall.UntilAsync(Sounds);
        await duty.Page.Keyboard.PressAsync("a");
        foreach (var wall in new[] { duty, hall })
        {
            await wall.UntilAsync(IsQuiet);
            await wall.UntilAsync("() => /admin \\d{2}:\\d{2} 已确认：洪洞县 露天焚烧/.test(document.querySelector('.alarm .settled').textContent)");
        }

        await BeSoundAsync(hall);

        // Who looks an hour back is told of the next one and stays there until he wants to go.
        await hall.Page.Keyboard.PressAsync("Escape");
        await hall.Page.EvaluateAsync("() => { location.hash = `#time=${new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 19)}`; }");
        await hall.UntilAsync("() => airmap.replayStatus === 'ready' && airmap.fires.length === 0");
        await server.ReportAsync(Sighting.InHongtong(6));
        await duty.UntilAsync(Sounds);
        await hall.UntilAsync("() => airmap.alarm.wanted && document.querySelector('.alarm .live').checkVisibility() && airmap.replay !== null && !location.hash.includes('s=fire:')");
        await hall.PictureAsync("wall-alarm-replay");
        await hall.Page.ClickAsync(".alarm .live");
        await hall.UntilAsync("() => airmap.replay === null && airmap.fires.length === 2");
        await hall.UntilAsync(CaseIsOpen);
        await hall.Page.FocusAsync(".alarm .acknowledge");
        await hall.Page.Keyboard.PressAsync("Enter");
        await hall.UntilAsync(IsQuiet);
        await hall.UntilAsync("() => document.activeElement !== document.body && document.activeElement.closest('.card, .wall') !== null");
        await duty.UntilAsync(IsQuiet);
        Assert.Empty(duty.Faults.Concat(hall.Faults));
        Assert.Empty((await duty.PolicyViolationsAsync()).Concat(await hall.PolicyViolationsAsync()));
    }

    static async Task BeSoundAsync(WallPage wall)
    {
        var findings = await wall.Page.RunAxe();
        Assert.Empty(findings.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{v.Id}: {string.Join(' ', v.Nodes.Select(n => n.Html))}"));
    }
}
