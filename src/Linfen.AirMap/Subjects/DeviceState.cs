namespace Linfen.AirMap.Subjects;

/// <summary>When a monitor or station last delivered data (its own time); kept apart from the register, which people edit.</summary>
sealed class DeviceState
{
    public Guid SubjectId { get; private set; }

    public DateTimeOffset LastDataAt { get; private set; }

    public bool Simulated { get; private set; }

    DeviceState()
    {
    }
}
