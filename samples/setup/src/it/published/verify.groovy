// Who uses everything gets these jars and no others, and Gradle is told the same as Maven, and the Java version.
import groovy.json.JsonSlurper
import groovy.xml.XmlSlurper
import java.security.MessageDigest

def jars = new File(basedir, "target/lib").listFiles().collect { it.name.replaceFirst(/-\d.*/, "") } as Set
assert jars == [
    "corobridge-core", "corobridge-kotlin", "corobridge-reactor", "corobridge-rxjava3", "annotations", "jspecify", "kotlin-stdlib",
    "kotlinx-coroutines-core", "kotlinx-coroutines-core-jvm", "reactive-streams", "reactor-core", "rxjava"
] as Set

// Only a release has the metadata for Gradle.
def modules = release == "true" ? ["bridge-core", "kotlin-adapter", "reactor-adapter", "rx-adapter", "weaver"] : []
for (module in modules) {
    def target = new File(root, "$module/target")
    def pom = new File(target, "flattened-pom.xml")
    assert pom.text.contains("published-with-gradle-metadata") : "Gradle does not look for the metadata of $module"
    def variants = new JsonSlurper().parse(new File(target, "publications/maven/module.json")).variants.collectEntries { [it.name, it] }
    assert variants.keySet() == ["apiElements", "runtimeElements", "javadocElements", "sourcesElements"] as Set

    [apiElements: ["compile"], runtimeElements: ["compile", "runtime"]].each { name, scopes ->
        def wanted = new XmlSlurper().parse(pom).dependencies.dependency
            .findAll { it.optional.text() != "true" && (it.scope.text() ?: "compile") in scopes }
            .collect { "${it.groupId}:${it.artifactId}:${it.version}".toString() } as Set
        def found = variants[name].dependencies.collect { "${it.group}:${it.module}:${it.version.requires}".toString() } as Set
        assert found == wanted
        assert variants[name].attributes["org.gradle.jvm.version"] == 17
        // It shares the processor path with others, so it brings nothing.
        assert module != "weaver" || found.empty
    }
    for (file in variants.values().files.flatten()) {
        def jar = new File(target, file.url)
        def digest = MessageDigest.getInstance("SHA-512").digest(jar.bytes).encodeHex().toString()
        assert [file.size, file.sha512] == [jar.length(), digest] : "$jar is not the one in the metadata"
    }
}
