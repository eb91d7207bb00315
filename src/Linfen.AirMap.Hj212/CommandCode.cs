namespace Linfen.AirMap.Hj212;

/// <summary>Commands (CN) that mean something to us. Any other number may come, too.</summary>
public enum CommandCode
{
    TimeOuts = 1000,
    GetTime = 1011,
    SetTime = 1012,
    AskTime = 1013,

    /// <summary>Edition of 2025 (by third parties' code, not by its text).</summary>
    KeyExchange = 1014,
    RealTime = 2011,
    DeviceState = 2021,
    Day = 2031,
    DeviceDay = 2041,
    Minutes = 2051,

    /// <summary>Edition of 2025 (by third parties' code, not by its text).</summary>
    Minutes2025 = 2052,
    Hour = 2061,

    /// <summary>Edition of 2025 (by third parties' code, not by its text).</summary>
    Hour2025 = 2062,
    Booted = 2081,

    /// <summary>Edition of 2025 (by third parties' code, not by its text).</summary>
    RealTime2025 = 2111,
    Accepted = 9011,
    Done = 9012,
    NoticeAnswer = 9013,
    DataAnswer = 9014,

    /// <summary>Edition of 2025 (by third parties' code, not by its text).</summary>
    Heartbeat = 9015,
}

/// <summary>What kind of command it is.</summary>
public static class CommandCodes
{
    /// <summary>Carries values of factors at a DataTime.</summary>
    public static bool CarriesReadings(this CommandCode command) => command
        is CommandCode.RealTime or CommandCode.Minutes or CommandCode.Hour or CommandCode.Day
        or CommandCode.Minutes2025 or CommandCode.Hour2025 or CommandCode.RealTime2025;

    /// <summary>Something that a device uploads and that is answered by 9014.</summary>
    public static bool IsUpload(this CommandCode command) => (int)command is >= 2000 and < 4000;

    /// <summary>In words, for people.</summary>
    public static (string Chinese, string English)? Title(this CommandCode command) => command switch
    {
        CommandCode.TimeOuts => ("设置超时时间及重发次数", "set time-outs and retries"),
        CommandCode.GetTime => ("提取现场机时间", "get the device's time"),
        CommandCode.SetTime => ("设置现场机时间", "set the device's time"),
        CommandCode.AskTime => ("现场机时间校准请求", "device asks for the time"),
        CommandCode.KeyExchange => ("密钥交换", "key exchange"),
        CommandCode.RealTime or CommandCode.RealTime2025 => ("实时数据", "real-time data"),
        CommandCode.DeviceState => ("设备运行状态", "state of equipment"),
        CommandCode.Day => ("日历史数据", "data of a day"),
        CommandCode.DeviceDay => ("设备运行时间日历史数据", "running times of a day"),
        CommandCode.Minutes or CommandCode.Minutes2025 => ("分钟历史数据", "data of minutes"),
        CommandCode.Hour or CommandCode.Hour2025 => ("小时历史数据", "data of an hour"),
        CommandCode.Booted => ("数采仪开机时间", "logger booted"),
        CommandCode.Accepted => ("请求应答", "request accepted"),
        CommandCode.Done => ("执行结果", "result of the request"),
        CommandCode.NoticeAnswer => ("通知应答", "notice answered"),
        CommandCode.DataAnswer => ("数据应答", "data answered"),
        CommandCode.Heartbeat => ("心跳", "heartbeat"),
        _ => null,
    };
}
