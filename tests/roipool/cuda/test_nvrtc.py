"""Every kernel compiles for the cards people have, and keeps its variables in registers."""

import re
import warnings

import pytest

from roipool.backends import device
from tests.common import need
from tests.roipool.cuda.workbench import ALL_KERNELS

# Turing, Ampere, Hopper, Blackwell.
ARCHITECTURES = ("sm_75", "sm_80", "sm_90", "sm_120")


@pytest.fixture(scope="module")
def nvrtc():
    """NVIDIA's compiler, which needs no driver."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from cupy_backends.cuda.libs import nvrtc
        nvrtc.getVersion()
    except (ImportError, RuntimeError, OSError) as error:
        need(False, f"NVRTC is not installed ({error})")
    return nvrtc


def compiled(nvrtc, source, names, architecture, *options):
    """(PTX, {kernel: (registers, bytes spilled)}) with the options that CuPy compiles with."""
    program = nvrtc.createProgram(source, "roipool.cu", [], [])
    try:
        for name in names:
            nvrtc.addNameExpression(program, name)
        options = (*device.OPTIONS, "-ftz=true", "--ptxas-options=-v", *options)
        try:
            nvrtc.compileProgram(program, [f"-arch={architecture}", *options])
        except nvrtc.NVRTCError as error:
            pytest.fail(f"{error}\n{nvrtc.getProgramLog(program)}", pytrace=False)
        lowered = {nvrtc.getLoweredName(program, name): name for name in names}
        ptx, log = nvrtc.getPTX(program), nvrtc.getProgramLog(program)
    finally:
        nvrtc.destroyProgram(program)
    usage = {}
    for part in log.split("Compiling entry function ")[1:]:
        spilled = re.findall(r"(\d+) bytes spill (?:stores|loads)", part)
        registers = re.search(r"Used (\d+) registers", part)
        assert len(spilled) == 2, log
        # bin_edges, being no template, is compiled whether it is named or not.
        symbol = part.split("'")[1]
        usage[lowered.get(symbol, symbol)] = int(registers[1]), sum(map(int, spilled))
    return ptx if isinstance(ptx, str) else ptx.decode(), usage


@pytest.mark.sampled(4)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_every_kernel_compiles_without_spilling(nvrtc, architecture):
    ptx, usage = compiled(nvrtc, device.source(), ALL_KERNELS, architecture)
    assert set(usage) == set(ALL_KERNELS)
    table = "\n".join(f"{name}: {used[0]} registers, {used[1]} B" for name, used in usage.items())
    print(f"{architecture}\n{table}")
    assert all(spilled == 0 for _, spilled in usage.values()), table
    # 2048 threads share an SM's registers 32 by 32: these counts let half of them run at least.
    assert all(registers <= 64 for registers, _ in usage.values()), table
    flushing = re.findall(r".*\.ftz.*", ptx)
    assert not flushing, "\n".join(flushing)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_the_module_of_one_dtype_compiles_alone(nvrtc, dtype):
    names = device.kernel_names(dtype)
    _, usage = compiled(nvrtc, device.source(), names, "sm_90")
    assert set(usage) == set(names)


def test_a_spill_would_be_seen(nvrtc):
    names = ["scatter<double>"]
    _, usage = compiled(nvrtc, device.source(), names, "sm_90", "-maxrregcount=24")
    assert usage["scatter<double>"][1] > 0


def test_arithmetic_that_loses_subnormals_would_be_seen(nvrtc):
    source = "__global__ void add(float *a) { a[0] = a[0] + a[1]; }"
    ptx, _ = compiled(nvrtc, source, ["add"], "sm_90")
    assert ".ftz" in ptx
