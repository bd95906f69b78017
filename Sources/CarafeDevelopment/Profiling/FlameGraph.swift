#if DEBUG
    import Carafe

    /// Samples as a picture: each call as wide as the share of the samples that it is in, below the call that made it.
    struct FlameGraph {
        /// A call, with all that it has called.
        private final class Node {
            let frame: SourceFrame
            var count = 0
            var children: [Node] = []

            init(_ frame: SourceFrame) { self.frame = frame }

            func child(_ frame: SourceFrame) -> Node {
                if let child = children.first(where: { $0.frame.function == frame.function }) { return child }
                let child = Node(frame)
                children.append(child)
                return child
            }
        }

        private static let width = 1000.0
        private static let rowHeight = 18
        /// Narrower calls are left out.
        private static let narrowest = 1.5
        /// Deeper calls are left out.
        private static let deepest = 120

        let html: HTML

        init(_ stacks: [[SourceFrame]]) {
            guard !stacks.isEmpty else {
                html = HTML(
                    #"<p class="note soft">The request was over before a first sample: it took less than \#(Sampler.interval.text).</p>"#
                )
                return
            }
            let root = Node(SourceFrame(function: "all", image: "", path: nil, line: 0, column: 0))
            for stack in stacks {
                var node = root
                node.count += 1
                for frame in stack.prefix(Self.deepest) {
                    node = node.child(frame)
                    node.count += 1
                }
            }
            var boxes: [HTML] = []
            let depth = Self.draw(root, x: 0, row: 0, scale: Self.width / Double(root.count), into: &boxes)
            html = HTML(
                """
                <p class="note soft">\(stacks.count) samples, one each \(Sampler.interval.text). The app's own calls stand out.</p>
                <div class="note"><svg viewBox="0 0 \(Int(Self.width)) \((depth + 1) * Self.rowHeight)" role="img" \
                aria-label="Flame graph">\(boxes)</svg></div>
                """)
        }

        /// - Returns: the deepest row
        private static func draw(_ node: Node, x: Double, row: Int, scale: Double, into boxes: inout [HTML]) -> Int {
            let width = Double(node.count) * scale
            guard width >= narrowest else { return row }
            let y = row * rowHeight
            let share = Int((width / FlameGraph.width * 100).rounded())
            let place = node.frame.path.map { "\n\($0):\(node.frame.line)" } ?? ""
            let letters = Int(width / 7.3) - 1
            let label =
                letters > 2 ? String(String.UnicodeScalarView(node.frame.function.unicodeScalars.prefix(letters))) : ""
            boxes.append(
                HTML(
                    """
                    <g><title>\(node.frame.function) · \(share) %, \(node.count) samples\(place)</title>
                    <rect class="\(node.frame.isOfApp ? "own" : "foreign")" x="\(RequestTiming.number(x))" y="\(y)" \
                    width="\(RequestTiming.number(max(0.5, width - 0.6)))" height="\(rowHeight - 1)" rx="1"/>\
                    <text x="\(RequestTiming.number(x + 4))" y="\(y + 13)">\(label)</text></g>
                    """))
            var deepest = row
            var x = x
            for child in node.children.sorted(by: { $0.count > $1.count }) {
                deepest = max(deepest, draw(child, x: x, row: row + 1, scale: scale, into: &boxes))
                x += Double(child.count) * scale
            }
            return deepest
        }
    }

    extension Duration {
        /// `1 ms`
        fileprivate var text: String { "\(components.attoseconds / 1_000_000_000_000_000) ms" }
    }
#endif
