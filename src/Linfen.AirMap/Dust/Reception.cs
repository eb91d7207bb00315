using Linfen.AirMap.Hj212;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Dust;

/// <summary>A packet as it was read off the line.</summary>
readonly record struct HeardPacket(Packet Packet, CrcState Crc);

/// <summary>What is to be done with a packet: to keep readings, and then to answer.</summary>
/// <param name="Data">To be durable before the answers go out; null when it has none.</param>
/// <param name="Refusal">Why nothing is done; null otherwise.</param>
sealed record Admission(DeviceData? Data, IReadOnlyList<byte[]> Answers, string? Refusal)
{
    public static Admission Refused(string reason) => new(null, [], reason);
}

/// <summary>Decides about packets: of whom, may he, what does it carry, what does he want to hear.</summary>
sealed class Reception(DeviceBook book, PendingMonitors pending, IOptions<Hj212Options> options, TimeProvider clock)
{
    public const string UnknownMn = "unknown-mn";
    public const string WrongPassword = "wrong-password";

    /// <param name="address">Where it comes from, for the list of the held.</param>
    public async ValueTask<Admission> AdmitAsync(HeardPacket heard, string address)
    {
        var (packet, crc) = heard;
        if (packet.Fault is Fault.NoCp or Fault.NoMn or Fault.MnUnreadable or Fault.NoCn or Fault.CnUnreadable)
        {
            return Admission.Refused(Names.Of(packet.Fault));
        }

        if (await book.FindAsync(packet.Mn) is not { } device)
        {
            if (options.Value.Unknown == UnknownDevice.Hold && packet.Fault == Fault.None)
            {
                pending.Hear(packet, crc, address);
            }

            return Admission.Refused(UnknownMn);
        }

        if (crc is CrcState.Missing or CrcState.Wrong && !device.Profile.LenientCrc)
        {
            return Admission.Refused(Names.Of(crc == CrcState.Wrong ? Fault.CrcWrong : Fault.CrcMissing));
        }

        if (device.Profile.Password is { Length: > 0 } password && !string.Equals(password, packet.Password, StringComparison.Ordinal))
        {
            return Admission.Refused(WrongPassword);
        }

        return packet.Fault == Fault.None ? Take(device, packet) : Admission.Refused(Names.Of(packet.Fault));
    }

    Admission Take(Device device, Packet packet)
    {
        var now = clock.GetUtcNow();
        var data = packet.Factors.Count == 0 ? null : Triage.Of(device, packet, book.MemoryOf(device), now, options.Value);
        return new(data, Answers(packet, now), null);
    }

    /// <summary>Only who asks for an answer gets one; who asks for the time, asks.</summary>
    static IReadOnlyList<byte[]> Answers(Packet packet, DateTimeOffset now) => packet.Command switch
    {
        CommandCode.AskTime => [Answer.ToNotice(packet), Answer.SetTime(packet, now)],
        _ when packet.Flag is not { WantsAnswer: true } => [],
        CommandCode.Heartbeat => [Answer.ToNotice(packet)],
        _ when packet.Command.IsUpload() => [Answer.ToData(packet)],
        _ => [],
    };
}
