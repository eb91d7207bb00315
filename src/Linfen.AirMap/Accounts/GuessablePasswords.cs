using Microsoft.AspNetCore.Identity;

namespace Linfen.AirMap.Accounts;

/// <summary>Refuses what is tried first (NIST SP 800-63B, 5.1.1.2): runs, repetitions, the account's own name, and the most common passwords.</summary>
sealed class GuessablePasswords : IPasswordValidator<Account>
{
    /// <summary>In small letters. Those shorter than a password may be count with digits and signs around them: password2026!.</summary>
    static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "password", "passw0rd", "p@ssword", "p@ssw0rd", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwerasdf", "qweasdzxc", "asdfghjklzxcvbnm", "qwertyasdfgh", "1q2w3e4r",
        "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx", "1qaz2wsx3edc", "zaq12wsx", "qazwsxedc", "qazwsx", "q1w2e3r4", "q1w2e3r4t5", "a1b2c3d4e5", "abc", "abcd", "abcdef", "iloveyou",
        "woaini", "woaiwojia", "welcome", "letmein", "changeme", "default", "admin", "administrator", "root", "test", "guest", "login", "master", "monkey", "dragon", "sunshine",
        "princess", "football", "baseball", "superman", "trustno", "secret", "linfen", "airmap", "linfenairmap", "shanxi", "huanbao", "shengtai",
        "1234512345", "123123123", "1231231234", "1122334455", "1314520", "5201314", "5201314520", "0987654321", "147258369", "1472583690", "789456123", "7894561230", "123qweasdzxc", "123456abc", "abc123456", "a123456789", "123456789a",
    };

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var reason = ReasonAgainst(password ?? "", user.UserName);
        return Task.FromResult(reason is null ? IdentityResult.Success : IdentityResult.Failed(new IdentityError { Code = "Guessable", Description = reason }));
    }

    /// <returns>Null when there is none.</returns>
    public static string? ReasonAgainst(string password, string userName)
    {
        var text = password.Trim().ToLowerInvariant();
        var core = Core(text);
        return IsRun(text) ? "The password is a run of neighbouring signs."
            : IsRepetition(text) ? "The password repeats a few signs."
            : text.Equals(userName, StringComparison.OrdinalIgnoreCase) || (core.Length > 0 && core.Equals(Core(userName.ToLowerInvariant()), StringComparison.Ordinal)) ? "The password is the user name."
            : Common.Contains(text) || Common.Contains(core) ? "The password is among the most common ones."
            : null;
    }

    /// <summary>1234567890, 9876543210, abcdefghij; nine is followed by nought.</summary>
    static bool IsRun(string text) => text.Length > 1 && (Goes(text, 1) || Goes(text, -1));

    static bool Goes(string text, int step) => Enumerable.Range(1, text.Length - 1).All(i =>
        text[i] - text[i - 1] == step || (char.IsAsciiDigit(text[i]) && char.IsAsciiDigit(text[i - 1]) && (text[i] - text[i - 1] - step) % 10 == 0));

    /// <summary>A block of at most four signs over and over: aaaaaaaaaa, abcabcabcabc.</summary>
    static bool IsRepetition(string text) => Enumerable.Range(1, 4).Any(size => text.Length >= 2 * size && Enumerable.Range(size, text.Length - size).All(i => text[i] == text[i - size]));

    /// <summary>Without the digits and signs around it.</summary>
    static string Core(string text)
    {
        var (first, last) = (0, text.Length);
        while (first < last && !char.IsLetter(text[first]))
        {
            first++;
        }

        while (last > first && !char.IsLetter(text[last - 1]))
        {
            last--;
        }

        return text[first..last];
    }
}
