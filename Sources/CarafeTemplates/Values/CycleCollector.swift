/// Frees containers that hold one another and that nobody else refers to, as Python's garbage collector does: it counts how
/// many of the references to each come from among them.
struct CycleCollector {
    /// What can be reached from the containers in question, each once; nothing else here keeps a reference.
    private var objects: [AnyObject] = []
    private var numbers: [ObjectIdentifier: Int] = [:]
    /// By number: which objects it refers to, and how many references among the objects lead to it.
    private var references: [[Int]] = []
    private var counts: [Int] = []
    /// The arrays that were counted: several containers may share one, and its references.
    private var arrays: Set<UnsafeRawPointer> = []

    /// Takes the containers and empties those of them, and of what can be reached from them, that only refer to each other.
    static func free(_ containers: inout [AnyObject]) {
        var collector = CycleCollector()
        for container in containers { _ = collector.add(container) }
        containers = []
        collector.search()
        collector.emptyGarbage()
    }

    private mutating func add(_ object: AnyObject) -> Int {
        let identity = ObjectIdentifier(object)
        if let number = numbers[identity] { return number }
        numbers[identity] = objects.count
        objects.append(object)
        references.append([])
        counts.append(0)
        return objects.count - 1
    }

    private mutating func search() {
        var number = 0
        while number < objects.count {
            // Nobody knows what they would still read.
            (objects[number] as? TemplateGenerator)?.close()
            (objects[number] as? LoopObject)?.close()
            if let holder = objects[number] as? any ValueHolder { follow(holder.held, from: number) }
            number += 1
        }
    }

    private mutating func follow(_ held: HeldValues, from number: Int) {
        for array in held.arrays where isNew(array) { for value in array { follow(value, from: number) } }
        for entries in held.entries where isNew(entries) {
            for entry in entries {
                follow(entry.key, from: number)
                follow(entry.value, from: number)
            }
        }
        for value in held.values { follow(value, from: number) }
    }

    private mutating func isNew<Element>(_ array: [Element]) -> Bool {
        array.withUnsafeBufferPointer { $0.baseAddress.map { arrays.insert(UnsafeRawPointer($0)).inserted } ?? false }
    }

    private mutating func follow(_ value: TemplateValue, from number: Int) {
        guard let reference = value.reference else { return }
        let target = add(reference)
        counts[target] += 1
        references[number].append(target)
    }

    private func emptyGarbage() {
        var isNeeded = objects.indices.map { Self.count(of: $0, in: objects) > counts[$0] + Self.ownCount }
        var open = isNeeded.indices.filter { isNeeded[$0] }
        while let number = open.popLast() {
            for target in references[number] where !isNeeded[target] {
                isNeeded[target] = true
                open.append(target)
            }
        }
        for number in objects.indices where !isNeeded[number] {
            // What a container was made with is older than itself: any circle has what was added to one later.
            (objects[number] as? TemplateList)?.mutate { $0 = [] }
            (objects[number] as? TemplateDict)?.mutate { $0 = TemplateDictStorage() }
        }
    }

    /// How many references to an object there are, those of who asks included.
    @inline(never)
    private static func count(of number: Int, in objects: [AnyObject]) -> Int {
        Int(bitPattern: _getRetainCount(objects[number]))
    }

    /// What is counted for an object to which only `objects` refers.
    private static let ownCount = {
        var objects: [AnyObject] = []
        for _ in 0..<2 { objects.append(TemplateList()) }
        return count(of: 1, in: objects)
    }()
}
