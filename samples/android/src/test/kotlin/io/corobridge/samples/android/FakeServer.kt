package io.corobridge.samples.android

import java.io.IOException
import kotlin.concurrent.thread

/** A server whose answers the test gives, on a thread of the server's. */
internal class FakeServer : Server {
    private inner class Sent(
        val path: String,
        val callback: Server.Callback,
    ) : Server.Request {
        override fun cancel() {
            log += "cancel $path"
            open -= this
        }
    }

    private val open = mutableListOf<Sent>()

    /** What it was asked, in order. */
    val log = mutableListOf<String>()

    /** The threads that asked. */
    val threads = mutableSetOf<Thread>()

    override fun get(
        path: String,
        callback: Server.Callback,
    ): Server.Request {
        threads += Thread.currentThread()
        log += path
        return Sent(path, callback).also { open += it }
    }

    fun answer(
        path: String,
        body: String,
    ) = tell(path) { it.answered(body) }

    fun fail(
        path: String,
        error: IOException,
    ) = tell(path) { it.failed(error) }

    private fun tell(
        path: String,
        how: (Server.Callback) -> Unit,
    ) {
        val sent = open.single { it.path == path }
        open -= sent
        thread(name = "server") { how(sent.callback) }.join()
    }
}
