"""Figures of NVIDIA GPUs, asked of the driver's own library at each scrape; nothing where there is no driver."""

import ctypes
from collections.abc import Callable, Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from edge_node.telemetry.metrics import registry

LIBRARY = "libnvidia-ml.so.1"
LABELS = ("gpu", "name")
FAMILIES = {
    "edge_node_gpu_memory_bytes": "Memory of the GPU.",
    "edge_node_gpu_memory_used_bytes": "Of it in use, by every program.",
    "edge_node_gpu_busy_ratio": "Share of the driver's last sampling period in which it worked.",
    "edge_node_gpu_temperature_celsius": "Temperature of the chip.",
}
_TEMPERATURE_GPU = 0
_NAME_BYTES = 96


class _Memory(ctypes.Structure):
    """``nvmlMemory_t``, bytes."""

    _fields_ = (("total", ctypes.c_ulonglong), ("free", ctypes.c_ulonglong), ("used", ctypes.c_ulonglong))


class _Utilization(ctypes.Structure):
    """``nvmlUtilization_t``, percent."""

    _fields_ = (("gpu", ctypes.c_uint), ("memory", ctypes.c_uint))


class Gpus(Collector):
    """Every GPU the driver shows. A figure the driver does not tell is left out, never guessed."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One family a figure, one sample a GPU."""
        total, used, busy, heat = (GaugeMetricFamily(n, text, labels=LABELS) for n, text in FAMILIES.items())
        for number, handle in self._handles():
            place = [str(number), self._name(handle)]
            memory, load, celsius = _Memory(), _Utilization(), ctypes.c_uint()
            if self._tells("nvmlDeviceGetMemoryInfo", handle, ctypes.byref(memory)):
                total.add_metric(place, memory.total)
                used.add_metric(place, memory.used)
            if self._tells("nvmlDeviceGetUtilizationRates", handle, ctypes.byref(load)):
                busy.add_metric(place, load.gpu / 100)
            if self._tells("nvmlDeviceGetTemperature", handle, _TEMPERATURE_GPU, ctypes.byref(celsius)):
                heat.add_metric(place, celsius.value)
        yield from (total, used, busy, heat)

    def _handles(self) -> Iterator[tuple[int, ctypes.c_void_p]]:
        count = ctypes.c_uint()
        if not self._tells("nvmlDeviceGetCount_v2", ctypes.byref(count)):
            return
        for number in range(count.value):
            handle = ctypes.c_void_p()
            if self._tells("nvmlDeviceGetHandleByIndex_v2", number, ctypes.byref(handle)):
                yield number, handle

    def _name(self, handle: ctypes.c_void_p) -> str:
        name = ctypes.create_string_buffer(_NAME_BYTES)
        told = self._tells("nvmlDeviceGetName", handle, name, _NAME_BYTES)
        return name.value.decode(errors="replace") if told else ""

    def _tells(self, function: str, *arguments: object) -> bool:
        call: Callable[..., int] = getattr(self._library, function)
        return call(*arguments) == 0


def expose(library: str = LIBRARY) -> bool:
    """Add the GPUs to this process's figures; False where there is no NVIDIA driver."""
    try:
        loaded = ctypes.CDLL(library)
    except OSError:
        return False
    if loaded.nvmlInit_v2() != 0:
        return False
    registry.register(Gpus(loaded))
    return True
