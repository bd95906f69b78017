/// Where a part of a rule stands among parts that match the same text: Werkzeug's weights.
///
/// Text stands before patterns. Among patterns stand first those with more runs of text, then with longer ones, then
/// with more variables, then with variables of lower weight.
enum PartPrecedence: Hashable, Comparable {
    case text
    case pattern(textLengths: [Int], converterWeights: [Int])
    /// A slash after the path of a rule that has none and is not strict.
    case extraSlash

    static func < (left: PartPrecedence, right: PartPrecedence) -> Bool {
        guard
            case .pattern(let leftTexts, let leftWeights) = left,
            case .pattern(let rightTexts, let rightWeights) = right
        else { return left.order < right.order }
        if leftTexts.count != rightTexts.count { return leftTexts.count > rightTexts.count }
        if leftTexts != rightTexts { return rightTexts.lexicographicallyPrecedes(leftTexts) }
        if leftWeights.count != rightWeights.count { return leftWeights.count > rightWeights.count }
        return leftWeights.lexicographicallyPrecedes(rightWeights)
    }

    private var order: Int {
        switch self {
        case .text: 0
        case .pattern: 1
        case .extraSlash: 2
        }
    }
}

/// Where a whole rule stands among rules that match the same path: its parts' places from left to right, then the
/// order of registration.
struct RulePrecedence: Comparable {
    let parts: [PartPrecedence]
    let index: Int

    static func < (left: RulePrecedence, right: RulePrecedence) -> Bool {
        if left.parts == right.parts { return left.index < right.index }
        return left.parts.lexicographicallyPrecedes(right.parts)
    }
}
