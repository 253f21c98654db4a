#!/usr/bin/env python3
# -*- coding: utf-8 -*-
# Copyright (c) the authors. Licensed under the MIT licence.
KEPT = 1
