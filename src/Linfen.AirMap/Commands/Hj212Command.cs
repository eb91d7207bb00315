using System.CommandLine;
using Linfen.AirMap.Hj212;

namespace Linfen.AirMap.Commands;

/// <summary>What a support engineer wants to know of a frame.</summary>
static class Hj212Command
{
    const int PieceBytes = 64 * 1024;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A file with frames as they came over the wire; - reads what is piped in" };
        var decode = new Command("decode", "Explains every frame, field by field, with every defect") { file };
        decode.SetAction(async (said, cancellation) =>
        {
            var name = said.GetRequiredValue(file);
            await using var input = name == "-" ? Console.OpenStandardInput() : File.OpenRead(name);
            return await DecodeAsync(input, Console.Out, cancellation);
        });
        return new Command("hj212", "HJ 212 by hand") { decode };
    }

    public static async Task<int> DecodeAsync(Stream input, TextWriter output, CancellationToken cancellation)
    {
        var reader = new FrameReader();
        var piece = new byte[PieceBytes];
        var (received, told) = (0L, 0);
        int length;
        while ((length = await input.ReadAsync(piece, cancellation)) > 0)
        {
            var texts = Explain(reader, piece.AsSpan(0, length), received);
            received += length;
            told += texts.Count;
            await WriteAsync(texts, output);
        }

        var last = ExplainRest(reader, received);
        await WriteAsync(last, output);
        if (told + last.Count > 0)
        {
            return 0;
        }

        await Console.Error.WriteLineAsync("There is nothing in it.");
        return 1;
    }

    static List<string> Explain(FrameReader reader, ReadOnlySpan<byte> piece, long before)
    {
        var texts = new List<string>();
        var end = before + piece.Length;
        while (reader.TryRead(ref piece, out var frame))
        {
            // What follows the frame is still in the piece or kept by the reader.
            texts.Add(Explanation.Of(frame, end - piece.Length - reader.Kept - frame.Raw.Length));
        }

        return texts;
    }

    static List<string> ExplainRest(FrameReader reader, long end)
    {
        var texts = new List<string>();
        while (reader.TryFinish(Delivery.Ended, out var frame))
        {
            texts.Add(Explanation.Of(frame, end - reader.Kept - frame.Raw.Length));
        }

        return texts;
    }

    static async Task WriteAsync(List<string> texts, TextWriter output)
    {
        foreach (var text in texts)
        {
            await output.WriteLineAsync(text);
        }
    }
}
