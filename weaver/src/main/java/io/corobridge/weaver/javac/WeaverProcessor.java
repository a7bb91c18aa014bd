package io.corobridge.weaver.javac;

import io.corobridge.weaver.Level;
import io.corobridge.weaver.transform.ClassWeaver;
import io.corobridge.weaver.transform.Woven;
import io.corobridge.weaver.transform.WovenMethods;
import java.util.Set;
import java.util.function.Function;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * Weaves every class file when javac has generated it. It reads no annotations, makes no files and claims nothing: being
 * started is all it needs, and from then on it listens to the compiler.
 *
 * <p>What cannot be woven is told at its place in the source. {@code -Acorobridge.unweavable=note|warn|error|off} says how
 * loudly ({@code warn} when it is not given), and {@code @SuppressWarnings("corobridge.unweavable")} on a method, class or
 * variable silences what is inside it. An error inside the weaver is a warning, and leaves the class as it was.
 */
@SupportedAnnotationTypes("*")
@SupportedOptions(WeaverProcessor.UNWEAVABLE)
public final class WeaverProcessor extends AbstractProcessor {
    /** The option for how loudly to tell what cannot be woven, and the name to suppress that with. */
    public static final String UNWEAVABLE = "corobridge.unweavable";

    /** Always given by kapt, which only reads annotations; javac comes after it. */
    private static final String KAPT = "kapt.kotlin.generated";

    private final Function<WovenMethods, Function<byte[], Woven>> weaver;
    private Level level = Level.WARN;
    private boolean isWeaving;

    /** For the compiler. */
    public WeaverProcessor() {
        this(known -> new ClassWeaver(known)::weave);
    }

    WeaverProcessor(Function<WovenMethods, Function<byte[], Woven>> weaver) {
        this.weaver = weaver;
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        String wanted = environment.getOptions().getOrDefault(UNWEAVABLE, "warn");
        Level parsed = Level.parse(wanted);
        if (parsed == null) {
            environment.getMessager().printMessage(Diagnostic.Kind.ERROR, Messages.badValue("-A" + UNWEAVABLE, wanted));
        } else {
            level = parsed;
        }
        try {
            isWeaving = JavacWeaving.start(environment, weaver, level);
        } catch (LinkageError noJavac) {
            isWeaving = false;
        }
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        if (round.processingOver()
                && !isWeaving
                && level != Level.OFF
                && !processingEnv.getOptions().containsKey(KAPT)
                && processingEnv.getElementUtils().getTypeElement(HandleTypes.HANDLE) != null) {
            processingEnv.getMessager().printMessage(Messages.kind(level), Messages.notJavac());
        }
        return false;
    }
}
