# SPDX-License-Identifier: GPL-3.0-or-later
"""The program that speaks: piper (English) and espeak-ng (Korean) behind a pipe.

Copyright (C) 2026 the authors of this repository.

This program is free software: you can redistribute it and/or modify it under the terms of the GNU General Public
License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later
version. It is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; without even the implied
warranty of MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See the file LICENSE for more details.
"""
