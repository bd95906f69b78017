import Testing

@testable import CarafeTemplates

@Suite("Templates speak another language")
struct TranslatedTemplateTests {
    private static let german = TranslationFunctions(
        gettext: { ["Hello %(name)s": "Hallo %(name)s", "100%": "hundert%", "<b>": "<i>"][$0] },
        ngettext: { singular, _, count in singular == "One" ? (count == 1 ? "Eins" : "Viele") : nil },
        pgettext: { context, message in context == "menu" && message == "Open" ? "Öffnen" : nil })

    private func render(
        _ source: String, _ values: [String: TemplateValue] = [:], isNewStyle: Bool = false, autoescape: Bool = false
    ) throws -> String {
        var options = TemplateOptions()
        if autoescape { options.autoescape = .always }
        let environment = TemplateEnvironment(
            options: options, extensions: [I18nExtension(translations: Self.german, isNewStyle: isNewStyle)])
        return try environment.template(source: source).render(values: values)
    }

    @Test(
        "texts, forms and contexts, in both styles", arguments: [false, true],
        [
            ("{% trans name='Ada' %}Hello {{ name }}{% endtrans %}", "Hallo Ada"),
            ("{% trans %}Bye{% endtrans %}", "Bye"),
            (
                "{% trans n=1 %}One{% pluralize %}Many{% endtrans %}{% trans n=2 %}One{% pluralize %}Many{% endtrans %}",
                "EinsViele"
            ),
            ("{% trans n=2 %}a{% pluralize %}{{ n }} b{% endtrans %}", "2 b"),
            ("{% trans 'menu' %}Open{% endtrans %}", "Öffnen"),
            ("{{ pgettext('menu', 'Open') }} {{ pgettext('door', 'Open') }}", "Öffnen Open"),
            ("{{ ngettext('One', 'x', 3) }}", "Viele"),
            ("{% macro f() %}{{ _('Bye') }}{% endmacro %}{{ f() }}", "Bye"),
        ])
    func texts(_ isNewStyle: Bool, _ one: (String, String)) throws {
        #expect(try render(one.0, isNewStyle: isNewStyle) == one.1)
    }

    @Test("translations are markup, what is put into them is escaped")
    func escaping() throws {
        let source = "{% trans name=name %}Hello {{ name }}{% endtrans %}{% trans %}<b>{% endtrans %}"
        for isNewStyle in [false, true] {
            #expect(try render(source, ["name": "<"], isNewStyle: isNewStyle, autoescape: true) == "Hallo &lt;<i>")
        }
        #expect(try render("{{ gettext('<b>') }}", autoescape: true) == "&lt;i&gt;")
        #expect(try render("{{ gettext('<b>') }}", isNewStyle: true, autoescape: true) == "<i>")
    }

    @Test("in the new style the functions put the variables in; in the old one the % does")
    func styles() throws {
        #expect(try render("{{ _('Hello %(name)s', name='x') }}", isNewStyle: true) == "Hallo x")
        #expect(try render("{{ _('Hello %(name)s') % {'name': 'x'} }}") == "Hallo x")
        #expect(try render("{% trans %}100%{% endtrans %}") == "hundert%")
        let error = #expect(throws: TemplateError.self) { try render("{{ _('a', name='x') }}") }
        #expect(error?.message == "GNUTranslations.gettext() got an unexpected keyword argument 'name'")
    }

    @Test("the translations may depend on what the template was given")
    func chosen() throws {
        let environment = TemplateEnvironment(extensions: [
            I18nExtension { context in
                let isGerman = try context.resolve("language")?.text == "de"
                return isGerman
                    ? TranslationFunctions(gettext: { _ in "Guten Tag" }, ngettext: { _, _, _ in nil })
                    : NullTranslations()
            }
        ])
        let template = try environment.template(source: "{% trans %}Hello{% endtrans %}")
        #expect(try template.render(values: ["language": "de"]) == "Guten Tag")
        #expect(try template.render(values: ["language": "en"]) == "Hello")
    }

    @Test("without translations the program's own functions are called; _ is gettext")
    func own() throws {
        let environment = TemplateEnvironment(extensions: [I18nExtension()])
        let template = try environment.template(source: "{{ _('a') }}")
        let error = #expect(throws: TemplateError.self) { try template.render(values: [:]) }
        #expect(error?.message == "'gettext' is undefined")
    }
}
