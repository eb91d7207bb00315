using Linfen.AirMap.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Accounts;

/// <summary>What the accounts are made of.</summary>
static class AccountSetup
{
    /// <summary>What verbs of the command line need too.</summary>
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddOptions<AccountOptions>().BindConfiguration("Airmap:Accounts").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LimitOptions>().BindConfiguration("Airmap:Limits").ValidateDataAnnotations().ValidateOnStart();
        services.AddIdentityCore<Account>().AddUserStore<AccountStore>().AddPasswordValidator<GuessablePasswords>();
        services.AddOptions<IdentityOptions>().Configure<IOptions<AccountOptions>>((identity, options) =>
        {
            identity.Password.RequiredLength = options.Value.PasswordLength;
            // Length is what makes a password good (NIST SP 800-63B); rules of signs only make it forgotten.
            identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
            identity.Password.RequiredUniqueChars = 5;
            identity.Lockout.MaxFailedAccessAttempts = options.Value.MostFailures;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(options.Value.LockMinutes);
            identity.User.AllowedUserNameCharacters = null!;
        });
        services.AddSingleton<CredentialBook>();
        services.AddSingleton<AccountsBell>();
        services.AddSingleton<AuditTrail>();
        services.AddScoped<AccountDesk>();
        services.AddScoped<KeyDesk>();
    }

    /// <summary>What only a server has: doors.</summary>
    public static void AddSigningIn(this IServiceCollection services)
    {
        services.AddSingleton<SignInTries>();
        services.AddScoped<SessionDesk>();
        services.AddScoped<KioskDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<CredentialBook>());
        services.AddHostedService(provider => provider.GetRequiredService<AuditTrail>());
        services.AddAuthentication(AirMapAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, AirMapAuthentication>(AirMapAuthentication.SchemeName, null);
        services.AddDoors();
        services.AddSingleton<Limits>();
    }

    /// <summary>Who asks, how often, from which page, and may he.</summary>
    public static void UseAccounts(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<Limits>();
        app.UseAuthentication();
        app.UseKnownCallers();
        app.Use(next => context => limits.InvokeAsync(context, next));
        app.UseCrossSiteDefence();
        app.UseAuthorization();
    }
}
