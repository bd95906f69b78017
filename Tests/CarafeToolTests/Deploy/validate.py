"""Validates the files of `carafe deploy init` below a folder by what others say of their form: the JSON schemas of
Kubernetes, Compose and CI services, a grammar of Groovy, a parser of Dockerfiles with the rules of hadolint that matter here.
Prints a line for each problem: path, tab, what it is."""

import importlib.resources
import json
import os
import re
import sys
import tempfile
import subprocess

import dockerfile_parse
import jsonschema
import kubernetes_validate
import tree_sitter
import tree_sitter_groovy
import yaml

FOLDER = sys.argv[1]
KUBERNETES = kubernetes_validate.latest_version()


def load(path):
    with open(path, encoding="utf-8") as file:
        return list(yaml.safe_load_all(file))


def schema(name):
    files = importlib.resources.files("check_jsonschema") / "builtin_schemas" / "vendor"
    return json.loads((files / f"{name}.json").read_text())


def by_schema(name):
    def check(path):
        (document,) = load(path)
        # The schema of GitHub's workflows names the key as YAML 1.1 does not read it.
        if True in document:
            document["on"] = document.pop(True)
        definition = schema(name)
        validator = jsonschema.validators.validator_for(definition)(definition)
        for error in validator.iter_errors(document):
            yield f"{error.json_path}: {error.message[:300]}"

    return check


def kubernetes(path):
    for document in load(path):
        try:
            kubernetes_validate.validate(document, KUBERNETES, strict=True)
        except kubernetes_validate.ValidationError as error:
            yield f"{error.path}: {error.message}"


def groovy(path):
    with open(path, "rb") as file:
        tree = tree_sitter.Parser(tree_sitter.Language(tree_sitter_groovy.language())).parse(file.read())
    if tree.root_node.has_error:
        yield "no Groovy"
    for script in re.findall(r"sh '''(.*?)'''", open(path, encoding="utf-8").read(), re.S):
        yield from shell_text(script)


def shell_text(text):
    run = subprocess.run(["sh", "-n"], input=text, text=True, capture_output=True)
    if run.returncode != 0:
        yield run.stderr.strip()


def shell(path):
    with open(path, encoding="utf-8") as file:
        yield from shell_text(file.read())
    if not os.access(path, os.X_OK):
        yield "not executable"


def dockerfile(path):
    with tempfile.NamedTemporaryFile(suffix=".Dockerfile") as copy, open(path, "rb") as original:
        copy.write(original.read())
        copy.flush()
        steps = dockerfile_parse.DockerfileParser(copy.name).structure
    known = {"FROM", "RUN", "COPY", "WORKDIR", "USER", "ENV", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK",
             "ENTRYPOINT", "CMD", "COMMENT"}
    values = {}
    for step in steps:
        word, value = step["instruction"], step["value"]
        values.setdefault(word, []).append(value)
        if word not in known:
            yield f"unknown instruction {word}"
        if word == "FROM" and ":" not in value.split()[0]:
            yield f"DL3006: {value} has no tag"
        if word == "FROM" and value.split()[0].endswith(":latest"):
            yield f"DL3007: {value}"
        if word == "WORKDIR" and not value.startswith("/"):
            yield f"DL3000: {value} is relative"
        if word in ("CMD", "ENTRYPOINT"):
            if not isinstance(json.loads(value), list):
                yield f"DL3025: {word} is no list"
        if word == "HEALTHCHECK":
            if not isinstance(json.loads(value[value.index("CMD") + 3:]), list):
                yield "HEALTHCHECK is no list"
        if word == "COPY":
            places = re.sub(r"--\S+ ", "", value)
            places = json.loads(places) if places.startswith("[") else places.split()
            if len(places) > 2 and not places[-1].endswith("/"):
                yield f"DL3021: {value}"
        if word == "RUN":
            yield from shell_text(value)
            if "apt-get install" in value:
                if "--no-install-recommends" not in value:
                    yield "DL3015: recommended packages are installed"
                if "rm -rf /var/lib/apt/lists/*" not in value:
                    yield "DL3009: the lists of apt stay"
                if not re.search(r"apt-get install (-y|--yes)", value):
                    yield "DL3014: apt-get asks"
            if re.search(r"\bsudo\b|\bcd /", value):
                yield f"DL3004 or DL3003: {value}"
    stages = [value for value in values["FROM"] if " AS " in value]
    if len(values["FROM"]) != 2 or len(stages) != 1:
        yield "not of two stages"
    for word in ("CMD", "ENTRYPOINT", "HEALTHCHECK", "USER"):
        if len(values.get(word, [])) != 1:
            yield f"DL4003: {word} is there {len(values.get(word, []))} times"
    if not re.fullmatch(r"[1-9]\d*:[1-9]\d*", values["USER"][0]):
        yield f"DL3002: the user is {values['USER'][0]}"


def swarm(path):
    yield from by_schema("compose-spec")(path)
    try:
        run = subprocess.run(["docker", "stack", "config", "--compose-file", path], text=True, capture_output=True)
    except FileNotFoundError:
        return
    if run.returncode != 0:
        yield run.stderr.strip()


CHECKS = [
    (r"Dockerfile", dockerfile),
    (r"compose\.yaml", by_schema("compose-spec")),
    (r"deploy/swarm\.yaml", swarm),
    (r"deploy/kubernetes/.*\.yaml", kubernetes),
    (r".*\.sh", shell),
    (r"\.github/workflows/ci\.yml", by_schema("github-workflows")),
    (r"\.gitlab-ci\.yml", by_schema("gitlab-ci")),
    (r"\.travis\.yml", by_schema("travis")),
    (r"\.circleci/config\.yml", by_schema("circle-ci")),
    (r"Jenkinsfile", groovy),
]

checked = 0
for place, _, names in os.walk(FOLDER):
    for name in names:
        path = os.path.join(place, name)
        relative = os.path.relpath(path, FOLDER)
        for pattern, check in CHECKS:
            if re.fullmatch(pattern, relative):
                checked += 1
                for problem in check(path):
                    print(f"{relative}\t{problem}")
print(f"{checked} checked")
