/// Names of hosts as the DNS and HTTP write them (RFC 3492, RFC 5891).
package enum Punycode {
    /// The host with each label that is not ASCII in lower case and as `xn--…`; a port stays.
    ///
    /// Labels are not normalized: names that are typed are composed already.
    package static func host(_ name: String) -> String {
        if name.utf8.allSatisfy({ $0 < 0x80 }) { return name }
        // The full stops that IDNA takes for dots.
        let dots: [Unicode.Scalar] = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]
        let labels = name.unicodeScalars.split(omittingEmptySubsequences: false) { dots.contains($0) }
        return labels.map { label($0) }.joined(separator: ".")
    }

    private static func label(_ scalars: Substring.UnicodeScalarView) -> String {
        if scalars.allSatisfy(\.isASCII) { return String(Substring(scalars)) }
        let lower = scalars.flatMap { $0.properties.lowercaseMapping.unicodeScalars }
        return "xn--" + encode(lower.map(\.value))
    }

    /// RFC 3492 §6.3; the input is a name of the program, never a client's.
    private static func encode(_ input: [UInt32]) -> String {
        var output = input.filter { $0 < 0x80 }.map { UInt8(truncatingIfNeeded: $0) }
        let basic = output.count
        if basic > 0 { output.append(UInt8(ascii: "-")) }
        var (next, delta, bias, handled) = (UInt32(0x80), 0, 72, basic)
        while handled < input.count, let least = input.lazy.filter({ $0 >= next }).min() {
            delta += Int(least - next) * (handled + 1)
            next = least
            for value in input {
                if value < next { delta += 1 }
                guard value == next else { continue }
                append(delta, bias: bias, to: &output)
                bias = adapted(delta, count: handled + 1, isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            next += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// A number of variable length in base 36.
    private static func append(_ delta: Int, bias: Int, to output: inout [UInt8]) {
        var rest = delta
        var base = 36
        while true {
            let threshold = min(max(base - bias, 1), 26)
            guard rest >= threshold else { break }
            output.append(digit(threshold + (rest - threshold) % (36 - threshold)))
            rest = (rest - threshold) / (36 - threshold)
            base += 36
        }
        output.append(digit(rest))
    }

    private static func digit(_ value: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: value < 26 ? value + 0x61 : value + 22)
    }

    private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var steps = 0
        while delta > 455 {
            delta /= 35
            steps += 36
        }
        return steps + 36 * delta / (delta + 38)
    }
}
