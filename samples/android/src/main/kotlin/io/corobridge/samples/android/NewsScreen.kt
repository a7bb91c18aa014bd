package io.corobridge.samples.android

import io.corobridge.kotlin.asFlow
import io.corobridge.kotlin.await
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import java.io.IOException

/**
 * The model of a screen with news, such as an AndroidX ViewModel is: it lives as long as its scope (`viewModelScope` there), and
 * longer than the views that look at it. Its functions are called on the main thread.
 */
class NewsScreen(
    private val news: News,
    private val scope: CoroutineScope,
) {
    /** What the screen shows. */
    sealed interface State {
        data object Loading : State

        data class Content(
            val stories: List<Story>,
        ) : State

        data class Failed(
            val reason: String?,
        ) : State
    }

    private val shown = MutableStateFlow<State>(State.Loading)
    private var loading: Job? = null

    /** The front page. */
    val state: StateFlow<State> = shown.asStateFlow()

    /** The last headline; asked for while somebody looks. */
    val headline: StateFlow<String?> =
        news
            .headlines()
            .asFlow()
            .catch { error -> if (error !is IOException) throw error }
            .stateIn(scope, SharingStarted.WhileSubscribed(), null)

    /** Loads the front page, instead of what is being loaded. */
    fun refresh() {
        val before = loading
        loading =
            scope.launch {
                before?.cancelAndJoin()
                shown.value = State.Loading
                shown.value =
                    try {
                        State.Content(news.frontPage().await())
                    } catch (error: IOException) {
                        State.Failed(error.message)
                    }
            }
    }
}
