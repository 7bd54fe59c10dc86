"""The guess of an expression with a real onnxruntime: a tiny network whose answer is known, on a real face."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from edge_node.bus.local import Bus
from edge_node.core.observation.sample import Sample
from edge_node.models.registry import Registry
from edge_node.vision.client import BusWatcher
from edge_node.vision.codec import Sight, sight_of_parts, sight_parts
from edge_node.vision.emotion import EmotionReader, ProviderMissing, crop, distribution, session
from edge_node.vision.landmarker import FaceTracker
from edge_node.vision.service import VisionService
from edge_node.vision.trackers import Trackers
from onnx import TensorProto, helper, numpy_helper
from test_vision_watch import HEIGHT, WIDTH, portrait, scene

LABELS = "sad,happy,neutral"
FACE = Sample(1, 1, left=0.4, top=0.3, width=0.2, height=0.3)


def network(folder: Path) -> Path:
    """Logits of sad, happy, neutral by the mean of the face: [-8 m, 8 m, 0] for an input in [-1, 1]."""
    weights = numpy_helper.from_array(np.array([[-8.0, 8.0, 0.0]], np.float32), "w")
    nodes = [
        helper.make_node("GlobalAveragePool", ["face"], ["mean4"]),
        helper.make_node("Flatten", ["mean4"], ["mean"]),
        helper.make_node("MatMul", ["mean", "w"], ["scores"]),
    ]
    graph = helper.make_graph(
        nodes,
        "by_mean",
        [helper.make_tensor_value_info("face", TensorProto.FLOAT, ["N", 1, 64, 64])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["N", 3])],
        [weights],
    )
    path = folder / "by-mean.onnx"
    path.write_bytes(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9).SerializeToString()
    )
    return path


@pytest.fixture
def reader(tmp_path: Path) -> EmotionReader:
    return EmotionReader(session(network(tmp_path), "cpu"), {"input": "grey64, [-1, 1]", "labels": LABELS})


def picture(luma: int) -> bytes:
    return bytes([luma]) * (WIDTH * HEIGHT) + bytes([128]) * (WIDTH * HEIGHT // 2)


@pytest.mark.parametrize(("luma", "label"), [(16, "sad"), (100, "sad"), (150, "happy"), (235, "happy")])
def test_the_model_is_given_full_range_light_and_its_labels_are_in_its_order(
    reader: EmotionReader, luma: int, label: str
) -> None:
    found, share = reader.read(picture(luma), WIDTH, HEIGHT, FACE)
    assert found == label
    assert share == pytest.approx(1, abs=0.01) if luma in (16, 235) else share > 0.5


@pytest.mark.parametrize(
    "unseen",
    [
        Sample(1, 0),
        Sample(1, 2, left=0.4, top=0.3, width=0.2, height=0.3),
        Sample(1, 1, left=0.4, top=0.3, width=0.01, height=0.02),
        Sample(1, 1, left=0.95, top=0.3, width=0.4, height=0.5),
    ],
    ids=["nobody", "two", "tiny", "mostly outside"],
)
def test_there_is_no_guess_without_one_face_to_be_seen(reader: EmotionReader, unseen: Sample) -> None:
    assert reader.read(picture(235), WIDTH, HEIGHT, unseen) == ("", 0.0)


def test_what_the_model_sees_is_the_face_with_a_margin() -> None:
    luma = np.zeros((HEIGHT, WIDTH), np.uint8)
    luma[144:288, 256:384] = 200
    seen = crop(luma, FACE)
    assert seen is not None
    assert seen.shape == (64, 64)
    assert seen[32, 32] == 200
    assert seen[1, 1] == 0


def test_logits_become_shares_and_shares_stay() -> None:
    assert distribution([0.1, 0.7, 0.2]).tolist() == [0.1, 0.7, 0.2]
    risen = distribution([1000.0, 1001.0, 0.0])
    assert risen.sum() == pytest.approx(1)
    assert risen.argmax() == 1


def test_a_word_nobody_knows_and_a_provider_that_is_not_there_are_refused_at_the_start(tmp_path: Path) -> None:
    made = session(network(tmp_path), "cpu")
    with pytest.raises(ValueError, match="bored"):
        EmotionReader(made, {"input": "grey64, [0, 255]", "labels": "sad,bored"})
    if "CUDAExecutionProvider" not in __import__("onnxruntime").get_available_providers():
        with pytest.raises(ProviderMissing, match="CUDAExecutionProvider"):
            session(network(tmp_path), "cuda")


def test_what_is_asked_for_goes_the_way_past_the_bus_too() -> None:
    for emotion in (False, True):
        sight = Sight("a", picture(16), WIDTH, HEIGHT, 7, emotion=emotion)
        arrived = sight_of_parts(b"".join(bytes(part) for part in sight_parts(sight)))
        assert (arrived.emotion, arrived.at_ms, bytes(arrived.i420)) == (emotion, 7, sight.i420)


async def test_only_who_asks_for_it_is_told_and_only_where_the_switch_is_on(
    models_dir: Path, reader: EmotionReader, bus: Bus
) -> None:
    face = partial(FaceTracker, Registry(models_dir, "starter").path("face").path)
    switched_on, switched_off = Trackers(face, emotions=reader), Trackers(face)
    try:
        await VisionService(switched_on).serve(bus)
        watcher, seen = BusWatcher(bus), scene(portrait())
        plain = await watcher.watch("a", seen, 1, timeout_seconds=10)
        assert (plain.faces, plain.emotion, plain.emotion_share) == (1, "", 0.0)
        asked = await watcher.watch("a", seen, 2, timeout_seconds=10, emotion=True)
        assert asked.emotion in LABELS.split(",")
        assert asked.emotion_share >= 1 / 3
        off = await switched_off.look(Sight("a", seen.i420, WIDTH, HEIGHT, 1, emotion=True))
        assert (off.faces, off.emotion) == (1, "")
    finally:
        await switched_on.close()
        await switched_off.close()
