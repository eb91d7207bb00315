using Linfen.AirMap.Hosting;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Registers;

/// <summary>A checked question for entries of a register; its list and its file answer it alike.</summary>
/// <param name="Text">Part of a name or code.</param>
/// <param name="Parent">Only what belongs to this entry.</param>
sealed record RegisterFilter(ListQuery.Checked Page, string? Text, Guid? Parent)
{
    public static ListColumns<Subject> Columns { get; } = new(s => s.County, s => s.Shape ?? s.Position, s => s.ChangedAt, s => s.Id, s => s.Simulated);

    public IQueryable<Subject> Apply(IQueryable<Subject> subjects, Register register)
    {
        var found = Columns.Filter(subjects.AsNoTracking().Where(s => s.Kind == register.Kind), Page);
        found = Parent is null ? found : found.Where(s => s.ParentId == Parent);
        if (string.IsNullOrWhiteSpace(Text))
        {
            return found;
        }

        var pattern = "%" + Text.Trim().Replace("\\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
        return found.Where(s => EF.Functions.ILike(s.Name, pattern, @"\") || (s.Code != null && EF.Functions.ILike(s.Code, pattern, @"\")));
    }
}
