using Scalar.AspNetCore;

namespace Linfen.AirMap.Hosting;

/// <summary>The readable description of the interface: everything of it comes from here, and it offers no service of others.</summary>
static class ReferencePage
{
    /// <summary>
    /// Beside its own files only the inline script with the nonce of this answer runs. Styles stay inline: the page sets them on elements,
    /// which no nonce can allow.
    /// </summary>
    public static string? PolicyOf(HttpContext context) => context.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce
        ? $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self' data:; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        : null;

    public static void Configure(ScalarOptions options)
    {
        options.WithNonce().DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideClientButton();
        options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
    }
}
