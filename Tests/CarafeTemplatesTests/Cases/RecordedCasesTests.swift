import Testing

@Suite("Recorded answers of Jinja2")
struct RecordedCasesTests {
    @Test("every template of a subject renders or fails as in Jinja2", arguments: TemplateCase.subjects)
    func recorded(_ subject: String) throws {
        let cases = try TemplateCase.recorded(subject)
        #expect(cases.count > 100)
        let deviations = TemplateDeviation.all.filter { $0.subject == subject }
        var differences: [String] = []
        var unseen = Set(deviations.map(\.name))
        for each in cases {
            let difference = each.difference()
            if deviations.contains(where: { $0.name == each.name }) {
                #expect(difference != nil, "\(subject): \(each.name) deviates no more")
                unseen.remove(each.name)
            } else if let difference {
                differences.append(difference)
            }
        }
        #expect(unseen.isEmpty, "listed deviations that are no cases")
        #expect(
            differences.isEmpty,
            "\(differences.count) of \(cases.count) differ\n\(differences.prefix(40).joined(separator: "\n"))")
    }
}
