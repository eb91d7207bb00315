using Npgsql;
using NpgsqlTypes;

namespace Linfen.AirMap.Data;

/// <summary>A column of many rows as one array parameter: the quickest way of plain INSERT … SELECT FROM unnest.</summary>
static class Column
{
    public static NpgsqlParameter Uuids(IEnumerable<Guid> values) => Of(values.ToArray(), NpgsqlDbType.Uuid);

    public static NpgsqlParameter Uuids(IEnumerable<Guid?> values) => Of(values.ToArray(), NpgsqlDbType.Uuid);

    public static NpgsqlParameter Texts(IEnumerable<string?> values) => Of(values.ToArray(), NpgsqlDbType.Text);

    public static NpgsqlParameter Times(IEnumerable<DateTimeOffset> values) => Of(values.Select(v => v.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Times(IEnumerable<DateTimeOffset?> values) => Of(values.Select(v => v?.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Numbers(IEnumerable<double> values) => Of(values.ToArray(), NpgsqlDbType.Double);

    public static NpgsqlParameter Numbers(IEnumerable<double?> values) => Of(values.ToArray(), NpgsqlDbType.Double);

    public static NpgsqlParameter Smalls(IEnumerable<short> values) => Of(values.ToArray(), NpgsqlDbType.Smallint);

    public static NpgsqlParameter Integers(IEnumerable<int> values) => Of(values.ToArray(), NpgsqlDbType.Integer);

    public static NpgsqlParameter Flags(IEnumerable<bool> values) => Of(values.ToArray(), NpgsqlDbType.Boolean);

    public static NpgsqlParameter Time(DateTimeOffset value) => new() { Value = value.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlBatchCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    static NpgsqlParameter Of(Array values, NpgsqlDbType type) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
