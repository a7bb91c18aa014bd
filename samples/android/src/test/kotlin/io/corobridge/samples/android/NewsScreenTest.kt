package io.corobridge.samples.android

import android.os.Looper
import io.corobridge.samples.android.NewsScreen.State
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import org.assertj.core.api.Assertions.assertThat
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import java.io.IOException

/** The screen on Android, whose main thread runs what its Looper is given when the test says so. */
@RunWith(RobolectricTestRunner::class)
@Config(manifest = Config.NONE, sdk = [35])
class NewsScreenTest {
    private val server = FakeServer()
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main)
    private val screen = NewsScreen(News(server), scope)

    @Test
    fun showsWhatTheServerAnswersAndWorksOnTheMainThreadOnly() {
        screen.refresh()
        assertThat(server.log).isEmpty()
        idle()
        answer("/login", "7")
        answer("/top", "a b")
        answer("/story/a", "Rain")
        assertThat(screen.state.value).isEqualTo(State.Loading)
        answer("/story/b", "Sun")
        answer("/logout/7", "")
        assertThat(screen.state.value).isEqualTo(State.Content(listOf(Story("a", "Rain"), Story("b", "Sun"))))
        assertThat(server.threads).containsExactly(Looper.getMainLooper().thread)
    }

    @Test
    fun goesOnInItsLooperNotOnTheThreadOfTheAnswer() {
        screen.refresh()
        idle()
        server.answer("/login", "7")
        assertThat(server.log).containsExactly("/login")
        idle()
        assertThat(server.log).containsExactly("/login", "/top")
    }

    @Test
    fun showsWhyTheServerFailedOnceTheSessionIsClosed() {
        screen.refresh()
        idle()
        answer("/login", "7")
        server.fail("/top", IOException("no network"))
        idle()
        assertThat(screen.state.value).isEqualTo(State.Loading)
        answer("/logout/7", "")
        assertThat(screen.state.value).isEqualTo(State.Failed("no network"))
    }

    @Test
    fun goesOnWhenTheViewIsReplaced() {
        val seen = mutableListOf<State>()
        val view = scope.launch { screen.state.collect { seen += it } }
        screen.refresh()
        idle()
        answer("/login", "7")
        view.cancel()
        answer("/top", "a")
        answer("/story/a", "Rain")
        answer("/logout/7", "")
        scope.launch { screen.state.collect { seen += it } }
        idle()
        assertThat(seen).containsExactly(State.Loading, State.Content(listOf(Story("a", "Rain"))))
    }

    @Test
    fun endOfTheScopeCancelsTheRequestAndWaitsForTheSessionToBeClosed() {
        screen.refresh()
        idle()
        answer("/login", "7")
        scope.cancel()
        idle()
        assertThat(server.log).containsExactly("/login", "/top", "cancel /top", "/logout/7")
        val job = checkNotNull(scope.coroutineContext[Job])
        assertThat(job.isCompleted).isFalse
        answer("/logout/7", "")
        assertThat(job.isCompleted).isTrue
        assertThat(screen.state.value).isEqualTo(State.Loading)
    }

    @Test
    fun refreshClosesTheSessionOfTheOneBeforeFirst() {
        screen.refresh()
        idle()
        answer("/login", "7")
        screen.refresh()
        idle()
        assertThat(server.log).containsExactly("/login", "/top", "cancel /top", "/logout/7")
        answer("/logout/7", "")
        assertThat(server.log).endsWith("/logout/7", "/login")
    }

    @Test
    fun headlinesAreAskedForWhileSomebodyLooks() {
        val seen = mutableListOf<String?>()
        idle()
        assertThat(server.log).isEmpty()
        val view = scope.launch { screen.headline.collect { seen += it } }
        idle()
        answer("/headline", "Rain")
        answer("/headline", "Sun")
        view.cancel()
        idle()
        assertThat(seen).containsExactly(null, "Rain", "Sun")
        assertThat(server.log).containsExactly("/headline", "/headline", "/headline", "cancel /headline")
    }

    private fun answer(
        path: String,
        body: String,
    ) {
        server.answer(path, body)
        idle()
    }

    private fun idle() = shadowOf(Looper.getMainLooper()).idle()
}
