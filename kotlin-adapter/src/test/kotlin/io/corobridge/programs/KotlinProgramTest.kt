package io.corobridge.programs

import org.junit.jupiter.api.Test

/** Random programs do in Kotlin what they did on CPython, alone and in turn with the core's engines. */
class KotlinProgramTest {
    @Test
    fun programsRunAsOnCPython() = Programs.check(KotlinInterpreter)

    @Test
    fun programsRunAsOnCPythonWhereHandoffAndKotlinBodiesMeet() = Programs.check(inTurn(Engine.HANDOFF))

    @Test
    fun programsRunAsOnCPythonWhereFramesAndKotlinBodiesMeet() = Programs.check(inTurn(Engine.FRAMES))

    private fun inTurn(other: Bodies) =
        Bodies { world, k, body -> (if (k % 2 == 0) KotlinInterpreter else other).make(world, k, body) }
}
