// Runs what docs/spring.md has a newcomer write, and asks it what the page asks it.
def page = new File(root, "docs/spring.md").text
["pom.xml", "src/main/java/com/example/Hello.java"].each {
    assert page.contains("\n" + new File(basedir, it).text + "```\n") : "docs/spring.md has another $it"
}

def java = new File(System.getProperty("java.home"), "bin/java").path
def path = ["target/classes", "target/lib/*"].collect { new File(basedir, it).path }.join(File.pathSeparator)
def program = new ProcessBuilder(java, "-Dcorobridge.handoff=deny", "-cp", path, "com.example.Hello", "--server.port=0")
    .redirectErrorStream(true).start()
try {
    def log = program.inputReader()
    def read = new StringBuilder()
    def lineWith = { pattern ->
        for (def line = log.readLine(); line != null; line = log.readLine()) {
            read.append(line).append("\n")
            def found = line =~ pattern
            if (found) {
                return found[0]
            }
        }
        throw new AssertionError("no line with $pattern in:\n$read")
    }
    def port = lineWith(/Netty started on port (\d+)/)[1]
    assert new URL("http://localhost:$port/hello/Ada").text == "Hello, Ada"

    def stream = new URL("http://localhost:$port/hellos").openStream()
    def lines = stream.newReader()
    assert lines.readLine() == "data:Hello 1"
    stream.close()
    lineWith(/left after \d+/)
} finally {
    program.destroy()
}
return true
