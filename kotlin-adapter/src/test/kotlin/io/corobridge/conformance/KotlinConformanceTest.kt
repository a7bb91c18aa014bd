package io.corobridge.conformance

import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledIfSystemProperty

/** Random programs do in Kotlin what they did on CPython, alone and in turn with the core's engines. */
class KotlinConformanceTest {
    @Test
    fun programsRunAsOnCPython() = RecordedPrograms.check(KotlinInterpreter.Engine, 1)

    @Test
    fun programsRunAsOnCPythonWherePlainAndKotlinBodiesMeet() = RecordedPrograms.check(inTurn(Engine.PLAIN), 10)

    @Test
    fun programsRunAsOnCPythonWhereFramesAndKotlinBodiesMeet() = RecordedPrograms.check(inTurn(Engine.FRAMES), 3)

    @Test
    @EnabledIfSystemProperty(named = "corobridge.fresh", matches = "\\d+")
    fun freshProgramsRunAsOnCPython() = FreshPrograms.check(KotlinInterpreter.Engine, inTurn(Engine.FRAMES))

    private fun inTurn(other: Bodies): Bodies =
        object : Bodies {
            override fun make(
                world: World,
                k: Int,
                body: Program.Body,
            ): Any = (if (k % 2 == 0) KotlinInterpreter.Engine else other).make(world, k, body)

            override fun canExpress(program: Program): Boolean = KotlinInterpreter.Engine.canExpress(program)
        }
}
