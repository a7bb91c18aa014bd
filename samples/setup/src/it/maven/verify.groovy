// Runs what was built, as a module.
def java = new File(System.getProperty("java.home"), "bin/java").path
def path = ["target/classes", "target/lib"].collect { new File(basedir, it).path }.join(File.pathSeparator)
def run = [java, "-p", path, "-m", "com.example.consumer/com.example.consumer.Main"].execute()
def printed = run.inputReader().text.trim()
def complained = run.errorReader().text.trim()

assert run.waitFor() == 0 : complained
assert printed == "Hello, Ada; Hello, Grace; greeted 2"

def log = new File(basedir, "build.log").text
assert !log.contains("[WARNING] /") : "the compiler warned"
