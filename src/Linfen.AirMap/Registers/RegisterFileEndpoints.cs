using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Subjects;
using Linfen.AirMap.Tables;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Registers;

/// <summary>Import and export of registers as files.</summary>
static class RegisterFileEndpoints
{
    static readonly TableLimits Limits = new();

    public static void MapFiles(this RouteGroupBuilder group, Register register)
    {
        group.MapPost("/import", (HttpContext context, RegisterImport import, AirMapDb db, [FromQuery] string? crs, [FromQuery] string? name, CancellationToken cancellation,
                [FromQuery] bool dryRun = false, [FromQuery] bool progress = false) => ImportAsync(register, context, import, db, new(crs, name, dryRun, progress), cancellation))
            .Needs(Permission.EditRegisters).DisableAntiforgery().Accepts<string>("text/csv", "*/*").Produces<ImportReport>().ProducesProblem(400).ProducesProblem(413)
            .WithSummary("Imports a file: CSV, XLSX, GeoJSON or zipped shapefile, UTF-8 or GBK; dryRun tells what would become of each row, progress streams lines of JSON")
            .WithDescription(RegisterDescription.Table(register));
        group.MapGet("/export", ([AsParameters] ListQuery query, [FromQuery] string? format, [FromQuery(Name = "q")] string? text, HttpContext context, IDbContextFactory<AirMapDb> database, AuditTrail audit,
                CancellationToken cancellation, Guid? parent = null) => ExportAsync(register, query, format, (text, parent), context, database, audit, cancellation))
            .Needs(Permission.Export).WithSummary("The register as csv, xlsx, geojson or shp (zipped), importable again");
    }

    static async Task<IResult> ExportAsync(
        Register register, ListQuery query, string? format, (string? Text, Guid? Parent) further, HttpContext context, IDbContextFactory<AirMapDb> database, AuditTrail audit,
        CancellationToken cancellation)
    {
        var (page, fault) = query.Check(context.User.Scope());
        if (page is null)
        {
            return Problems.Of(400, "query-invalid", fault!);
        }

        var asked = AccountJson.Of(new { format, query, q = further.Text, parent = further.Parent });
        await audit.WriteAsync(AuditEntry.Done("register.exported", register.Kind, null, page.County, after: asked), Author.Of(context), cancellation);
        return RegisterExport.Answer(register, format, new(page, further.Text, further.Parent), database, cancellation);
    }

    sealed record Wish(string? Crs, string? FileName, bool DryRun, bool Progress);

    static async Task<IResult> ImportAsync(Register register, HttpContext context, RegisterImport import, AirMapDb db, Wish wish, CancellationToken cancellation)
    {
        // Our own limit answers with what was stored so far.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = Limits.Bytes + 1024 * 1024;
        var report = new ImportReport(wish.DryRun);
        try
        {
            var (body, fileName, contentType) = await BodyAsync(context.Request, wish, cancellation);
            await using var file = body;
            await using var table = await TableReader.OpenAsync(body, fileName, contentType, Limits, cancellation);
            var rows = RegisterFile.RowsAsync(table, new SubjectReader(register, new References(db)), RegisterFile.SystemOf(wish.Crs, table), cancellation);
            if (!wish.Progress)
            {
                await import.RunAsync(register, rows, report, Author.Of(context), null, cancellation);
                return TypedResults.Ok(report);
            }

            context.Response.ContentType = "application/x-ndjson; charset=utf-8";
            await import.RunAsync(register, rows, report, Author.Of(context), () => TellAsync(context.Response, new { report.Received, report.RejectedCount }, cancellation), cancellation);
            await TellAsync(context.Response, report, cancellation);
            return TypedResults.Empty;
        }
        catch (Exception e) when (e is TableException or BadHttpRequestException && context.Response.HasStarted)
        {
            await TellAsync(context.Response, new { type = "/problems/" + TypeOf(e), detail = e.Message, report }, cancellation);
            return TypedResults.Empty;
        }
        catch (TableException e)
        {
            return Problems.Stopped(e.Type == "too-large" ? 413 : 400, e.Type, e.Line is { } line ? $"{e.Message} (line {line})" : e.Message, report);
        }
    }

    static string TypeOf(Exception e) => e is TableException table ? table.Type : "body-unreadable";

    /// <summary>The file of a form, or the body itself.</summary>
    static async Task<(Stream Body, string? FileName, string? ContentType)> BodyAsync(HttpRequest request, Wish wish, CancellationToken cancellation)
    {
        if (!request.HasFormContentType)
        {
            return (request.Body, wish.FileName, request.ContentType);
        }

        var form = await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = Limits.Bytes }, cancellation);
        return form.Files is [var file, ..]
            ? (file.OpenReadStream(), file.FileName, file.ContentType)
            : throw new TableException("file-missing", "The form carries no file.");
    }

    static async Task TellAsync(HttpResponse response, object line, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, JsonSerializerOptions.Web), cancellation);
        await response.Body.WriteAsync("\n"u8.ToArray(), cancellation);
        await response.Body.FlushAsync(cancellation);
    }
}
