using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Linfen.AirMap.Benchmarks.Load;

/// <summary>
/// One HTTP/1.1 connection on a blocking socket: sends prepared bytes and reads the answer to its end. As light as pgbench,
/// so that two cores are left to what is measured; it understands what Kestrel sends and nothing more.
/// </summary>
sealed class KeepAliveConnection : IDisposable
{
    readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 60_000 };
    readonly byte[] _buffer = new byte[256 * 1024];
    int _start;
    int _end;

    public KeepAliveConnection(Uri server) => _socket.Connect(server.Host, server.Port);

    /// <summary>Sends the request and returns the status; the body has been read and dropped.</summary>
    public int Exchange(ReadOnlySpan<byte> request)
    {
        SendAll(request);
        var headerLength = ReadHeader();
        var header = _buffer.AsSpan(_start, headerLength);
        var status = Status(header);
        var length = ContentLength(header);
        _start += headerLength;
        if (length is { } bytes)
        {
            Skip(bytes);
        }
        else if (status is not (204 or 304))
        {
            SkipChunks();
        }

        return status;
    }

    public void Dispose() => _socket.Dispose();

    void SendAll(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }

    int ReadHeader()
    {
        int at;
        while ((at = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
        {
            Receive();
        }

        return at + 4;
    }

    /// <summary>"HTTP/1.1 200 OK".</summary>
    static int Status(ReadOnlySpan<byte> header) =>
        Utf8Parser.TryParse(header[9..12], out int status, out _) ? status : throw new InvalidOperationException($"No HTTP: {Encoding.ASCII.GetString(header)}");

    static int? ContentLength(ReadOnlySpan<byte> header)
    {
        var at = header.IndexOf("Content-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(header[(at + 16)..], out int length, out _) ? length : null;
    }

    void SkipChunks()
    {
        while (true)
        {
            int lineEnd;
            while ((lineEnd = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0)
            {
                Receive();
            }

            if (!Utf8Parser.TryParse(_buffer.AsSpan(_start, lineEnd), out int size, out _, 'x'))
            {
                throw new InvalidOperationException($"No chunk: {Encoding.ASCII.GetString(_buffer, _start, lineEnd)}");
            }

            _start += lineEnd + 2;
            Skip(size + 2);
            if (size == 0)
            {
                return;
            }
        }
    }

    void Skip(int bytes)
    {
        while (bytes > 0)
        {
            if (_start == _end)
            {
                Receive();
            }

            var here = Math.Min(bytes, _end - _start);
            _start += here;
            bytes -= here;
        }
    }

    void Receive()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        var received = _socket.Receive(_buffer.AsSpan(_end));
        _end += received > 0 ? received : throw new InvalidOperationException("The server closed the connection.");
    }
}
