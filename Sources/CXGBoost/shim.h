#pragma once
#include <stdio.h>
#include <xgboost/c_api.h>
