"""A two-layer GGUF of architecture ``exaone`` with random weights: EXAONE's keys, template and control tokens.

It says nothing sensible; it shows that the loading code, the template and the batching serve that architecture.
"""

from pathlib import Path

import gguf
import numpy as np

_LAYERS, _STATE, _HEADS, _KV_HEADS, _FEED_FORWARD = 2, 64, 4, 2, 128
_CONTROL = {3: "[|system|]", 4: "[|user|]", 5: "[|assistant|]", 6: "[|endofturn|]"}
_END = 6
_TEMPLATE = (
    "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}"
    "{{ '[|system|][|endofturn|]\n' }}{% endif %}{{ '[|' + message['role'] + '|]' + message['content'] }}"
    "{% if message['role'] == 'user' %}{{ '\n' }}{% else %}{{ '[|endofturn|]\n' }}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ '[|assistant|]' }}{% endif %}"
)


def write(vocabulary_of: Path, target: Path) -> None:
    """Write ``target`` with the byte-pair vocabulary of the GGUF ``vocabulary_of``."""
    fields = gguf.GGUFReader(vocabulary_of).fields
    tokens = fields["tokenizer.ggml.tokens"].contents()
    kinds = fields["tokenizer.ggml.token_type"].contents()
    for index, text in _CONTROL.items():
        tokens[index], kinds[index] = text, gguf.TokenType.CONTROL
    writer = gguf.GGUFWriter(target, "exaone")
    writer.add_name("tiny-exaone")
    writer.add_context_length(1024)
    writer.add_embedding_length(_STATE)
    writer.add_block_count(_LAYERS)
    writer.add_feed_forward_length(_FEED_FORWARD)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_KV_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(1e6)
    writer.add_rope_dimension_count(_STATE // _HEADS)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("exaone")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges(fields["tokenizer.ggml.merges"].contents())
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(_END)
    writer.add_unk_token_id(0)
    writer.add_pad_token_id(0)
    writer.add_add_bos_token(False)
    writer.add_chat_template(_TEMPLATE)
    random = np.random.default_rng(0)

    def matrix(name: str, rows: int, columns: int) -> None:
        values = (random.standard_normal((rows, columns)) * 0.05).astype(np.float32)
        kind = gguf.GGMLQuantizationType.Q8_0
        writer.add_tensor(f"{name}.weight", gguf.quants.quantize(values, kind), raw_dtype=kind)

    def ones(name: str, size: int) -> None:
        writer.add_tensor(f"{name}.weight", np.ones(size, np.float32))

    head = _STATE // _HEADS
    ones("rope_freqs", head // 2)
    matrix("token_embd", len(tokens), _STATE)
    ones("output_norm", _STATE)
    matrix("output", len(tokens), _STATE)
    for layer in range(_LAYERS):
        block = f"blk.{layer}"
        matrix(f"{block}.attn_q", _STATE, _STATE)
        matrix(f"{block}.attn_k", _KV_HEADS * head, _STATE)
        matrix(f"{block}.attn_v", _KV_HEADS * head, _STATE)
        matrix(f"{block}.attn_output", _STATE, _STATE)
        matrix(f"{block}.ffn_gate", _FEED_FORWARD, _STATE)
        matrix(f"{block}.ffn_up", _FEED_FORWARD, _STATE)
        matrix(f"{block}.ffn_down", _STATE, _FEED_FORWARD)
        ones(f"{block}.attn_norm", _STATE)
        ones(f"{block}.ffn_norm", _STATE)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
