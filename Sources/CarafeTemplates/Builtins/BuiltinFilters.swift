/// Jinja's own filters, under all of their names.
enum BuiltinFilters {
    static let all: [String: TemplateFilter] = {
        var filters = StringFilters.all
        for family in [
            ReplaceFilter.all, LayoutFilters.all, MarkupFilters.all, SequenceFilters.all, OrderFilters.all,
            SelectionFilters.all, NumberFilters.all, URLFilters.all, ValueFilters.all,
        ] {
            filters.merge(family) { first, _ in first }
        }
        return filters
    }()
}
