using System.Security.Cryptography;

namespace Nexus.Monitoring.Web.Views;

/// <summary>Ids that tell people in an address what they are of: <c>night-shift-3fa94c</c>.</summary>
internal static class DocumentIds
{
    private const int MaxWords = 40;

    public static string New(string name)
    {
        var words = string.Join('-', new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var tail = RandomNumberGenerator.GetHexString(6, lowercase: true);
        return words.Length == 0 ? tail : $"{words[..Math.Min(words.Length, MaxWords)].Trim('-')}-{tail}";
    }
}
