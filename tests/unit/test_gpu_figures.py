"""GPU figures by the driver's own library: a library of the same names and layouts stands in for it."""

import ctypes
import subprocess
from pathlib import Path

import pytest
from edge_node.telemetry import gpu
from edge_node.telemetry.metrics import registry

SOURCE = """
#include <string.h>
typedef struct { unsigned long long total, free, used; } memory_t;
typedef struct { unsigned int gpu, memory; } utilization_t;
int nvmlInit_v2(void) { return 0; }
int nvmlDeviceGetCount_v2(unsigned int *n) { *n = 2; return 0; }
int nvmlDeviceGetHandleByIndex_v2(unsigned int i, void **h) { *h = (void *)(unsigned long)(i + 1); return 0; }
int nvmlDeviceGetName(void *h, char *name, unsigned int n) { strncpy(name, "Test GPU", n); return 0; }
int nvmlDeviceGetMemoryInfo(void *h, memory_t *m) {
    m->total = 25769803776ull; m->used = 1073741824ull * (unsigned long)h; m->free = m->total - m->used; return 0; }
int nvmlDeviceGetUtilizationRates(void *h, utilization_t *u) {
    if (h == (void *)2) return 3; u->gpu = 87; u->memory = 40; return 0; }
int nvmlDeviceGetTemperature(void *h, int sensor, unsigned int *t) { *t = 61 + sensor; return 0; }
"""


@pytest.fixture(name="driver", scope="module")
def _driver(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("driver")
    (folder / "nvml.c").write_text(SOURCE)
    library = folder / "libnvidia-ml.so.1"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, folder / "nvml.c"], check=True)
    return library


def test_each_gpu_tells_what_its_driver_tells_and_no_more(driver: Path) -> None:
    families = {family.name: family for family in gpu.Gpus(ctypes.CDLL(str(driver))).collect()}
    assert set(families) == set(gpu.FAMILIES)
    used = {s.labels["gpu"]: s.value for s in families["edge_node_gpu_memory_used_bytes"].samples}
    assert used == {"0": 2**30, "1": 2 * 2**30}
    busy = {s.labels["gpu"]: s.value for s in families["edge_node_gpu_busy_ratio"].samples}
    assert busy == {"0": 0.87}, "the second one's driver refuses"
    heat = families["edge_node_gpu_temperature_celsius"].samples[0]
    assert (heat.value, heat.labels["name"]) == (61, "Test GPU")


def test_without_a_driver_there_are_no_gpu_figures() -> None:
    assert not gpu.expose("libno-such-driver.so.1")
    assert all(not family.name.startswith("edge_node_gpu") for family in registry.collect())
