package io.corobridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a call ends in is found when a shrinker has renamed the interface that a lambda implements, for calls name it in strings. */
class WovenTargetsTest {
    private static final String CALL = "com/example/Call.call(Ljava/lang/Object;)Ljava/lang/Object;";

    /** What {@code com.example.Call} is after it was renamed. */
    interface Renamed {
        Object a(Object argument);
    }

    /** The same, with another method that such a call may have meant: of all that is woven the names are kept, so this is not. */
    interface WithUnwovenDefault extends Renamed {
        default Object b(Object argument) {
            return argument;
        }
    }

    /** The same, with one that cannot be meant. */
    interface WithWovenDefault extends Renamed {
        @Woven
        default Object b(Object argument) {
            return argument;
        }

        default int c() {
            return 1;
        }
    }

    private static final class NoLambda implements Renamed {
        @Override
        public Object a(Object argument) {
            return argument;
        }
    }

    @Test
    void renamedMethodOfAWovenLambdaIsWoven() {
        assertThat(isWoven((Renamed & WovenLambda) argument -> argument)).isTrue();
        assertThat(isWoven((WithWovenDefault & WovenLambda) argument -> argument))
                .isTrue();
    }

    @Test
    void anotherMethodThatMayBeMeantIsNot() {
        assertThat(isWoven((WithUnwovenDefault & WovenLambda) argument -> argument))
                .isFalse();
    }

    @Test
    void renamedMethodOfAnythingElseIsNot() {
        Renamed lambda = argument -> argument;
        assertThat(isWoven(lambda)).isFalse();
        assertThat(isWoven(new NoLambda())).isFalse();
    }

    private static boolean isWoven(Object object) {
        return WovenTargets.isWoven(object.getClass(), CALL);
    }
}
