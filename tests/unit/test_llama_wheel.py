"""The build of llama.cpp uses what the processor has, and nothing a virtual machine may announce and forbid."""

import importlib.util
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "provisioning" / "llama_wheel.py"
spec = importlib.util.spec_from_file_location("llama_wheel", SOURCE)
assert spec
assert spec.loader
llama_wheel = importlib.util.module_from_spec(spec)
spec.loader.exec_module(llama_wheel)

OLD = "processor\t: 0\nflags\t\t: fpu sse4_2 avx f16c fma bmi2 avx2\n"
NEW = OLD.rstrip() + " avx512f avx512cd avx512vl avx512dq avx512bw avx512_vnni amx_tile amx_int8 amx_bf16\n"


def test_the_instruction_sets_of_the_processor_are_switched_on_and_the_others_off() -> None:
    flags = llama_wheel.instruction_flags(OLD, "x86_64")
    assert "-DGGML_AVX2=ON" in flags
    assert "-DGGML_AVX512=OFF" in flags
    assert "-DGGML_AVX512_VNNI=ON" in llama_wheel.instruction_flags(NEW, "x86_64")


def test_half_a_set_is_none() -> None:
    assert "-DGGML_AVX512=OFF" in llama_wheel.instruction_flags(NEW.replace(" avx512bw", ""), "x86_64")


def test_the_compiler_does_not_find_out_by_itself_what_may_be_forbidden() -> None:
    flags = llama_wheel.instruction_flags(NEW, "x86_64")
    assert "-DGGML_NATIVE=OFF" in flags
    assert not [flag for flag in flags if "AMX" in flag and flag.endswith("ON")]


def test_another_machine_builds_for_itself() -> None:
    assert llama_wheel.instruction_flags("Features\t: asimd\n", "aarch64") == ("-DGGML_NATIVE=ON",)
