public import CarafeHTTP
public import CarafeTemplates

/// Gives variables to templates.
enum ContextProcessor: Sendable {
    /// In every render.
    case always(@Sendable () throws -> TemplateVariables)
    /// In renders for a request.
    case forRequest(@Sendable (Request) throws -> TemplateVariables)
}

/// What an app or blueprint adds to the language of its templates.
enum TemplatePart: Sendable {
    case filter(String, TemplateFilter)
    case test(String, TemplateTest)
    case global(String, @Sendable () throws -> TemplateValue)
}

extension Scaffold {
    /// Gives variables to every template that is rendered for a request; on a blueprint, to those rendered for its
    /// endpoints (Flask's `context_processor`). What `render` is given itself wins.
    ///
    /// ```swift
    /// app.contextProcessor { request in ["user": User.current(request)] }
    /// ```
    ///
    /// Templates that are imported without context do not see them; they see ``templateGlobal(_:_:fileID:line:)``.
    public func contextProcessor(
        fileID: String = #fileID, line: Int = #line,
        _ processor: @escaping @Sendable (Request) throws -> TemplateVariables
    ) {
        registry.declare(at: DeclarationLocation(fileID: fileID, line: line)) {
            $0.contextProcessors.append(.forRequest(processor))
        }
    }

    /// Gives variables to every template, also outside a request.
    ///
    /// ```swift
    /// app.contextProcessor { ["year": HTTPDate.now.year] }
    /// ```
    public func contextProcessor(
        fileID: String = #fileID, line: Int = #line, _ processor: @escaping @Sendable () throws -> TemplateVariables
    ) {
        registry.declare(at: DeclarationLocation(fileID: fileID, line: line)) {
            $0.contextProcessors.append(.always(processor))
        }
    }

    /// Adds a filter for all templates of the app, also where a blueprint declares it (Flask's `template_filter`). Its
    /// first parameter is the value, the others are the arguments.
    ///
    /// ```swift
    /// app.templateFilter("shout") { (text: String, times: Int?) in text + String(repeating: "!", count: times ?? 1) }
    /// // {{ title|shout }} {{ title|shout(3) }} {{ title|shout(times=3) }}
    /// ```
    ///
    /// - Parameters:
    ///   - name: the filter's name
    ///   - parameters: the names of the parameters behind the value, for templates that give them by name
    public func templateFilter<each Parameter: TemplateValueDecodable, Result: Encodable & Sendable>(
        _ name: String, parameters: [String] = [], fileID: String = #fileID, line: Int = #line,
        _ filter: @escaping @Sendable (repeat each Parameter) throws -> Result
    ) {
        let function = TemplateFunction(name, parameters: ["value"] + parameters, filter)
        templateFilter(name, fileID: fileID, line: line) { (value, arguments, context) in
            try function.call(arguments.after(value), in: context)
        }
    }

    /// Adds a filter that takes its arguments as templates give them, and the place of the call.
    public func templateFilter(
        _ name: String, fileID: String = #fileID, line: Int = #line, _ filter: @escaping TemplateFilter
    ) {
        add(.filter(name, filter), fileID, line)
    }

    /// Adds a test for all templates of the app (Flask's `template_test`). Its first parameter is the value.
    ///
    /// ```swift
    /// app.templateTest("recent") { (post: Int) in post > 100 }            // {% if post.id is recent %}
    /// ```
    public func templateTest<each Parameter: TemplateValueDecodable>(
        _ name: String, parameters: [String] = [], fileID: String = #fileID, line: Int = #line,
        _ test: @escaping @Sendable (repeat each Parameter) throws -> Bool
    ) {
        let function = TemplateFunction(name, parameters: ["value"] + parameters, test)
        templateTest(name, fileID: fileID, line: line) { (value, arguments, context) in
            try function.call(arguments.after(value), in: context).isTrue
        }
    }

    /// Adds a test that takes its arguments as templates give them, and the place of the call.
    public func templateTest(
        _ name: String, fileID: String = #fileID, line: Int = #line, _ test: @escaping TemplateTest
    ) {
        add(.test(name, test), fileID, line)
    }

    /// Adds a function that all templates of the app can call (Flask's `template_global`).
    ///
    /// ```swift
    /// app.templateGlobal("price") { (cents: Int) in "\(cents / 100) €" }  // {{ price(item.cents) }}
    /// ```
    public func templateGlobal<each Parameter: TemplateValueDecodable, Result: Encodable & Sendable>(
        _ name: String, parameters: [String] = [], fileID: String = #fileID, line: Int = #line,
        _ function: @escaping @Sendable (repeat each Parameter) throws -> Result
    ) {
        let function = TemplateFunction(name, parameters: parameters, function)
        add(.global(name) { .object(function) }, fileID, line)
    }

    /// Adds a variable that all templates of the app see, also those that are imported.
    public func templateGlobal(
        _ name: String, _ value: (any Encodable & Sendable)?, fileID: String = #fileID, line: Int = #line
    ) {
        add(.global(name) { try TemplateValue(converting: value) }, fileID, line)
    }

    private func add(_ part: TemplatePart, _ fileID: String, _ line: Int) {
        registry.declare(at: DeclarationLocation(fileID: fileID, line: line)) { $0.templateParts.append(part) }
    }
}

extension TemplateArguments {
    /// These arguments with the value of a filter or test before them.
    fileprivate func after(_ value: TemplateValue) -> TemplateArguments {
        TemplateArguments([value] + positional, named: named)
    }
}
